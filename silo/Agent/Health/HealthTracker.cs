namespace OrleansCluster.Silo.Agent.Health;

/// <summary>
/// What the checks of one container amount to, and when the next one is due: pure. What it knows ends with the agent. The next agent begins anew with UNKNOWN, which
/// tells the manager nothing new, and is as slow to call a container UNHEALTHY as the first one was.
/// </summary>
internal sealed record HealthTracker
{
    /// <summary>While failures do not count, there is nothing to lose by asking often.</summary>
    private static readonly TimeSpan _eager = TimeSpan.FromSeconds(1);

    private readonly HealthTiming _timing;
    private readonly DateTimeOffset _startedAt;

    private HealthTracker(HealthTiming timing, DateTimeOffset startedAt)
    {
        _timing = timing;
        _startedAt = startedAt;
    }

    public HealthStatus Status { get; private init; }

    /// <summary>Why it is UNHEALTHY.</summary>
    public string? Reason { get; private init; }

    /// <summary>Failures in a row that count.</summary>
    public int Failures { get; private init; }

    /// <summary>From now, or from the end of the last check, to the next. Not a moment: clocks are set, and a check that is due must not wait for that.</summary>
    public TimeSpan Pause { get; private init; }

    /// <summary>Of a container that runs, maybe for long.</summary>
    public static HealthTracker Begin(HealthTiming timing, DateTimeOffset startedAt, DateTimeOffset now)
    {
        var tracker = new HealthTracker(timing, startedAt);
        var pause = tracker.PauseFrom(HealthStatus.Unknown, startedAt);
        var left = startedAt + pause - now;
        return tracker with { Pause = left < TimeSpan.Zero ? TimeSpan.Zero : left < pause ? left : pause };
    }

    public HealthTracker After(ProbeResult result, DateTimeOffset now)
    {
        if (result.Failure is not { } failure)
            return this with { Status = HealthStatus.Healthy, Reason = null, Failures = 0, Pause = _timing.Interval };
        if (Status == HealthStatus.Unknown && result.Began - _startedAt < _timing.StartPeriod)
            return this with { Pause = PauseFrom(Status, now) };

        // Not beyond what counts: it may go on failing for years.
        var failures = Math.Min(Failures + 1, _timing.Retries);
        var isNew = failures == _timing.Retries && Status != HealthStatus.Unhealthy;
        return this with
        {
            Status = isNew ? HealthStatus.Unhealthy : Status,
            Reason = isNew ? failure : Reason,
            Failures = failures,
            Pause = _timing.Interval,
        };
    }

    private TimeSpan PauseFrom(HealthStatus status, DateTimeOffset from)
    {
        var eager = _timing.Interval < _eager ? _timing.Interval : _eager;
        return status == HealthStatus.Unknown && from + eager - _startedAt < _timing.StartPeriod ? eager : _timing.Interval;
    }
}
