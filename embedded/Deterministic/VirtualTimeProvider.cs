namespace OrleansCluster.Embedded.Deterministic;

/// <summary>A clock that stands still while there is work and then jumps to the next timer. Timers fire as work of the scheduler.</summary>
public sealed class VirtualTimeProvider : TimeProvider
{
    private readonly SeededScheduler _scheduler;
    private readonly SortedSet<VirtualTimer> _timers = new(VirtualTimer.ByDueTime);
    private readonly DateTimeOffset _start;
    private long _now;
    private long _timersMade;

    public VirtualTimeProvider(SeededScheduler scheduler, DateTimeOffset start)
    {
        _scheduler = scheduler;
        _start = start.ToUniversalTime();
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>Virtual time since the start.</summary>
    public TimeSpan Elapsed => TimeSpan.FromTicks(_now);

    /// <summary>Timers that are armed.</summary>
    public int TimerCount => _timers.Count;

    public override DateTimeOffset GetUtcNow() => _start + Elapsed;

    public override long GetTimestamp() => _now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        CreateTimer(callback, state, dueTime, period, _scheduler);

    /// <summary>A timer that fires as work of another scheduler, which ends on this one's thread.</summary>
    internal ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period, TaskScheduler scheduler)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new VirtualTimer(this, ++_timersMade, scheduler, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Jumps to the earliest timer and queues all that are due then. False if none is due up to the limit.</summary>
    internal bool TryAdvance(TimeSpan limit)
    {
        if (_timers.Min is not { } first || first.Due > limit.Ticks) return false;

        _now = Math.Max(_now, first.Due);
        while (_timers.Min is { } timer && timer.Due <= _now)
        {
            _timers.Remove(timer);
            timer.Fire();
        }

        return true;
    }

    /// <summary>Lets the time pass in which nothing is due.</summary>
    internal void AdvanceTo(TimeSpan time) => _now = Math.Max(_now, time.Ticks);

    internal void Arm(VirtualTimer timer, TimeSpan dueTime)
    {
        Disarm(timer);
        if (dueTime == Timeout.InfiniteTimeSpan) return;

        timer.Due = _now + dueTime.Ticks;
        _timers.Add(timer);
    }

    internal void Disarm(VirtualTimer timer)
    {
        _scheduler.OnTurnQueued();
        _timers.Remove(timer);
    }
}
