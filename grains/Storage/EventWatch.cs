using OrleansCluster.Grains.Runtime;

namespace OrleansCluster.Grains.Storage;

/// <summary>Knows the newest event of each cluster and wakes those who wait for a newer one. Thread-safe.</summary>
/// <param name="continuations">
/// How waiters go on: asynchronously where a thread that must not be held up commits; none where a simulation has just one thread.
/// </param>
internal sealed class EventWatch(TimeProvider clock, TaskCreationOptions continuations)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _newest = [];
    private readonly List<Waiter> _waiters = [];

    /// <summary>Whether this cluster's newest event has been told.</summary>
    public bool Knows(string cluster)
    {
        lock (_lock)
            return _newest.ContainsKey(cluster);
    }

    /// <summary>The newest event that has been told; 0 when none has.</summary>
    public long Newest(string cluster)
    {
        lock (_lock)
            return _newest.GetValueOrDefault(cluster);
    }

    public void Committed(string cluster, long sequence)
    {
        List<Waiter> woken;
        lock (_lock)
        {
            _newest[cluster] = Math.Max(sequence, _newest.GetValueOrDefault(cluster));
            woken = _waiters.FindAll(waiter => waiter.Cluster == cluster && waiter.After < sequence);
        }

        foreach (var waiter in woken)
            waiter.Signal.TrySetResult();
    }

    public async Task Wait(string cluster, long after, TimeSpan longest, CancellationToken cancellationToken)
    {
        var waiter = new Waiter(cluster, after, new TaskCompletionSource(continuations));
        lock (_lock)
        {
            if (_newest.GetValueOrDefault(cluster) > after)
                return;
            _waiters.Add(waiter);
        }

        try
        {
            await waiter.Signal.Task.WaitAsync(longest.ToWholeMilliseconds(), clock, cancellationToken);
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

    private sealed record Waiter(string Cluster, long After, TaskCompletionSource Signal);
}
