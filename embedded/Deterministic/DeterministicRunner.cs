namespace OrleansCluster.Embedded.Deterministic;

/// <summary>Drives work on the calling thread: what is ready first, then the clock to the next timer, until the work has ended.</summary>
public sealed class DeterministicRunner(SeededScheduler scheduler, VirtualTimeProvider time)
{
    /// <summary>Also listen for work that is queued to the thread pool; costs every user of the pool in the process a little.</summary>
    public bool DetectsPoolEscapes { get; init; } = true;

    /// <summary>Also count the process's real timers, which only makes sense when nothing else runs in it.</summary>
    public bool DetectsRealTimers { get; init; }

    /// <param name="work">Starts on the scheduler; all it awaits must come back there.</param>
    /// <param name="limit">Virtual time, counted from the clock's start, at which a run that has not ended has failed.</param>
    /// <exception cref="InvalidOperationException">The work stalled, took too long, or escaped to another thread.</exception>
    public T Run<T>(Func<Task<T>> work, TimeSpan limit)
    {
        // xunit installs one; awaits would post to it instead of to the scheduler.
        var outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        scheduler.AdoptThread();
        var timers = Timer.ActiveCount;
        if (DetectsPoolEscapes) PoolEscapes.Watch(scheduler);
        try
        {
            return Pump(work, limit, timers).GetAwaiter().GetResult();
        }
        finally
        {
            if (DetectsPoolEscapes) PoolEscapes.Watch(null);
            SynchronizationContext.SetSynchronizationContext(outer);
        }
    }

    private Task<T> Pump<T>(Func<Task<T>> work, TimeSpan limit, long timers)
    {
        Task<T>? running = null;
        var start = new Task(() => running = work());
        start.Start(scheduler);
        while (running is not { IsCompleted: true })
        {
            if (start.IsFaulted) start.GetAwaiter().GetResult();
            if (scheduler.TryRunOne()) continue;

            CheckEscapes(timers);
            if (time.TryAdvance(limit)) continue;

            throw new InvalidOperationException(time.TimerCount == 0
                ? $"Stalled at {time.Elapsed}: the work has not ended, nothing is ready and no timer is armed."
                : $"Not done within {limit} of virtual time; {time.TimerCount} timers are armed beyond.");
        }

        CheckEscapes(timers);
        return running;
    }

    private void CheckEscapes(long timers)
    {
        if (DetectsRealTimers && Timer.ActiveCount > timers)
            throw new InvalidOperationException(
                "Work waits for a real timer: it escaped from virtual time. Pass the TimeProvider to Task.Delay and its like.");
        if (scheduler.Escapes is [var first, ..])
            throw new InvalidOperationException(
                $"Work escaped to another thread, so the seed no longer decides the order. First at:{Environment.NewLine}{first}");
    }
}
