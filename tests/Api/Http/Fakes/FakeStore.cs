using System.Collections.Immutable;
using OrleansCluster.Grains.Storage;

namespace OrleansCluster.Tests.Api.Http.Fakes;

/// <summary>The store's event log in memory.</summary>
internal sealed class FakeStore : ITransactionalStore
{
    private readonly Lock _lock = new();
    private readonly List<EventRow> _events = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Exception? Failure { get; set; }
    public TaskCompletionSource WaitStarted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Append(string type, string subject, string job)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            _events.Add(new EventRow(_events.Count + 1, new EventDraft(Samples.Now, type, subject, job, """{ "state": "RUNNING" }""")));
            changed = _changed;
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        changed.SetResult();
    }

    public Task<ImmutableArray<EventRow>> ReadEvents(string cluster, long after, int limit, CancellationToken cancellationToken)
    {
        lock (_lock)
            return Task.FromResult<ImmutableArray<EventRow>>([.. _events.Where(row => row.Sequence > after).Take(limit)]);
    }

    public Task<long> LastEvent(string cluster, CancellationToken cancellationToken)
    {
        lock (_lock)
            return Failure is null ? Task.FromResult((long)_events.Count) : Task.FromException<long>(Failure);
    }

    public async Task WaitForEvents(string cluster, long after, TimeSpan longest, CancellationToken cancellationToken)
    {
        Task changed;
        lock (_lock)
        {
            if (_events.Count > after)
                return;
            changed = _changed.Task;
        }

        WaitStarted.TrySetResult();
        await Task.WhenAny(changed, Task.Delay(longest, cancellationToken));
        cancellationToken.ThrowIfCancellationRequested();
    }

    public Task<CommitResult> Commit(CommitUnit unit, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<StateRow?> ReadState(string kind, string key, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<StateIndex?> ReadStateIndex(string kind, string key, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ImmutableArray<StateRow>> ListStates(StateQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ClusterRows> ReadCluster(string cluster, CancellationToken cancellationToken) => throw new NotSupportedException();
}
