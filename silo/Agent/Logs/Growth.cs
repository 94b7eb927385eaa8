using OrleansCluster.Grains.Runtime;

namespace OrleansCluster.Silo.Agent.Logs;

/// <summary>Counts how often something has grown and wakes everybody who waits for more, from any thread.</summary>
internal sealed class Growth(TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly List<TaskCompletionSource> _waiters = [];
    private long _count;

    public long Count => Interlocked.Read(ref _count);

    public void Set()
    {
        TaskCompletionSource[] waiters;
        lock (_lock)
        {
            _count++;
            if (_waiters.Count == 0)
                return;
            waiters = [.. _waiters];
            _waiters.Clear();
        }

        foreach (var waiter in waiters)
            waiter.TrySetResult();
    }

    /// <summary>Returns as soon as the count is another than <paramref name="seen"/>, or after <paramref name="longest"/>.</summary>
    public async Task Wait(long seen, TimeSpan longest, CancellationToken cancellationToken)
    {
        var waiter = new TaskCompletionSource();
        lock (_lock)
        {
            if (_count != seen)
                return;
            _waiters.Add(waiter);
        }

        try
        {
            await waiter.Task.WaitAsync(longest.ToWholeMilliseconds(), clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            // As long as asked for.
        }
        finally
        {
            lock (_lock)
                _waiters.Remove(waiter);
        }
    }
}
