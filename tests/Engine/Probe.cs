using System.Collections.Concurrent;

namespace OrleansCluster.Tests.Engine;

/// <summary>
/// How tests and grains meet without sleeping: grains report events and wait at gates, tests wait for events and open gates.
/// </summary>
internal sealed class Probe
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _gates = new();
    private readonly List<string> _events = [];
    private readonly List<(string Text, int Count, TaskCompletionSource Seen)> _waiting = [];

    public IReadOnlyList<string> Events
    {
        get
        {
            lock (_events) return [.. _events];
        }
    }

    public void Report(string text)
    {
        List<TaskCompletionSource> seen = [];
        lock (_events)
        {
            _events.Add(text);
            for (var i = _waiting.Count - 1; i >= 0; i--)
            {
                if (_waiting[i].Text != text || _waiting[i].Count > _events.Count(e => e == text)) continue;
                seen.Add(_waiting[i].Seen);
                _waiting.RemoveAt(i);
            }
        }

        seen.ForEach(s => s.TrySetResult());
    }

    /// <summary>Ends when the event has been reported so many times since the test began.</summary>
    public async Task SeenAsync(string text, int count = 1)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_events)
        {
            if (_events.Count(e => e == text) >= count) return;
            _waiting.Add((text, count, seen));
        }

        try
        {
            await seen.Task.WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"Expected '{text}' {count} times within {Patience}; seen: {string.Join(", ", Events)}");
        }
    }

    public Task Gate(string name) => Source(name).Task;

    public void Open(string name) => Source(name).TrySetResult();

    private TaskCompletionSource Source(string name) =>
        _gates.GetOrAdd(name, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
