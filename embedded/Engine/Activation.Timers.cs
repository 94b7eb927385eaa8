using Orleans.Runtime;

namespace OrleansCluster.Embedded;

internal sealed partial class Activation
{
    private HashSet<GrainTimer>? _timers;

    internal IGrainTimer RegisterTimer(Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        if (Current != this)
            throw new InvalidOperationException($"A timer of {GrainId} was registered outside the grain's turns.");

        var timer = new GrainTimer(this, callback, options);
        timer.Change(options.DueTime, options.Period);
        lock (_lock)
        {
            if (_state < State.Leaving)
            {
                (_timers ??= []).Add(timer);
                return timer;
            }
        }

        timer.Dispose();
        return timer;
    }

    internal void Forget(GrainTimer timer)
    {
        lock (_lock)
        {
            _timers?.Remove(timer);
        }
    }

    private void DisposeTimers()
    {
        GrainTimer[] timers;
        lock (_lock)
        {
            timers = [.. _timers ?? []];
            _timers = null;
        }

        foreach (var timer in timers) timer.Dispose();
    }
}
