using OrleansCluster.Grains.Runtime;

namespace OrleansCluster.Silo.Agent;

/// <summary>
/// Wakes the one loop that waits on it, from any thread; a signal that finds nobody waiting is kept for the next wait. The source has no
/// RunContinuationsAsynchronously, so that everything stays on one thread where there is only one. Never set it under a lock.
/// </summary>
internal sealed class Signal(TimeProvider clock)
{
    private readonly Lock _lock = new();
    private bool _isSet;
    private TaskCompletionSource? _waiter;

    public void Set()
    {
        TaskCompletionSource? waiter;
        lock (_lock)
        {
            waiter = _waiter;
            _waiter = null;
            _isSet = waiter is null;
        }

        waiter?.TrySetResult();
    }

    /// <summary>Returns at the next <see cref="Set"/>, or after <paramref name="longest"/>; throws when cancelled.</summary>
    public async Task Wait(TimeSpan longest, CancellationToken cancellationToken)
    {
        TaskCompletionSource waiter;
        lock (_lock)
        {
            if (_isSet)
            {
                _isSet = false;
                return;
            }

            waiter = _waiter = new TaskCompletionSource();
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
            {
                if (_waiter == waiter)
                    _waiter = null;
            }
        }
    }
}
