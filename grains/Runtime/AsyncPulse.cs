namespace OrleansCluster.Grains.Runtime;

/// <summary>
/// Wakes everybody who waits, once. Every waiter has a source of its own, without RunContinuationsAsynchronously: a shared source waited on
/// with a timeout hops to the thread pool, which a simulation on one thread must not do. Not thread-safe: its owner's turns guard it.
/// </summary>
public sealed class AsyncPulse(TimeProvider clock)
{
    private readonly List<TaskCompletionSource> _waiters = [];

    public bool HasWaiters => _waiters.Count > 0;

    public void Set()
    {
        var waiters = _waiters.ToArray();
        _waiters.Clear();
        foreach (var waiter in waiters)
            waiter.TrySetResult();
    }

    /// <summary>Returns at the next <see cref="Set"/>, or after <paramref name="longest"/>; throws when cancelled.</summary>
    public async Task Wait(TimeSpan longest, CancellationToken cancellationToken)
    {
        var waiter = new TaskCompletionSource();
        _waiters.Add(waiter);
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
            _waiters.Remove(waiter);
        }
    }
}
