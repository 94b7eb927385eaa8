using FsCheck;
using FsCheck.Fluent;
using OrleansCluster.Silo.Agent.Health;

namespace OrleansCluster.Tests.Properties.Health;

/// <summary>Whatever checks find and whenever: ECS's meaning of retries and of the start period, and a pace that is kept.</summary>
public sealed class HealthTrackerProperties
{
    private static readonly DateTimeOffset _start = DateTimeOffset.UnixEpoch;

    private static readonly Gen<HealthTiming> _timing =
        from interval in Gen.Choose(1, 60)
        from retries in Gen.Choose(1, 10)
        from startPeriod in Gen.Choose(0, 100)
        select new HealthTiming(TimeSpan.FromSeconds(interval), TimeSpan.FromSeconds(5), retries, TimeSpan.FromSeconds(startPeriod));

    private static readonly Gen<Case> _case =
        from timing in _timing
        from runs in Gen.Choose(0, 150)
        from results in Gen.ListOf(
            from fails in Gen.Choose(0, 3)
            from takes in Gen.Choose(0, 5000)
            select (Fails: fails > 0, Takes: TimeSpan.FromMilliseconds(takes)))
        select new Case(timing, TimeSpan.FromSeconds(runs), [.. results]);

    [Fact]
    public void After_AnyResults_UnhealthyOnlyByEnoughFailuresInARowThatCount() => Check.ForAll(_case, c =>
    {
        var inARow = 0;
        foreach (var (before, after, began, fails) in Steps(c))
        {
            var counts = before.Status != HealthStatus.Unknown || began - _start >= c.Timing.StartPeriod;
            inARow = !fails ? 0 : counts ? inARow + 1 : inARow;
            if (after.Status == HealthStatus.Unhealthy)
                Assert.True(inARow >= c.Timing.Retries, $"UNHEALTHY after {inARow} failures in a row, of {c.Timing.Retries}");
            else
                Assert.True(inARow < c.Timing.Retries, $"not UNHEALTHY after {inARow} failures in a row, of {c.Timing.Retries}");
        }
    });

    [Fact]
    public void After_ASuccess_IsHealthyAtOnceAndFailuresBeforeAreForgotten() => Check.ForAll(_case, c =>
    {
        foreach (var (_, after, _, fails) in Steps(c))
        {
            if (!fails)
                Assert.Equal((HealthStatus.Healthy, 0, null), (after.Status, after.Failures, after.Reason));
        }
    });

    [Fact]
    public void After_AnyResults_NeverUnknownAgainAndAReasonOnlyWhereUnhealthy() => Check.ForAll(_case, c =>
    {
        foreach (var (before, after, _, _) in Steps(c))
        {
            Assert.False(before.Status != HealthStatus.Unknown && after.Status == HealthStatus.Unknown);
            Assert.Equal(after.Status == HealthStatus.Unhealthy, after.Reason is not null);
            if (before.Status == after.Status)
                Assert.Equal(before.Reason, after.Reason);
        }
    });

    [Fact]
    public void Pause_Always_IsTheIntervalButInTheStartPeriodAndAtFirst() => Check.ForAll(_case, c =>
    {
        Assert.InRange(HealthTracker.Begin(c.Timing, _start, _start + c.Runs).Pause, TimeSpan.Zero, c.Timing.Interval);
        foreach (var (_, after, began, _) in Steps(c))
        {
            if (after.Status != HealthStatus.Unknown || began - _start >= c.Timing.StartPeriod)
                Assert.Equal(c.Timing.Interval, after.Pause);
            else
                Assert.InRange(after.Pause, TimeSpan.FromSeconds(1), c.Timing.Interval);
        }
    });

    private static IEnumerable<(HealthTracker Before, HealthTracker After, DateTimeOffset Began, bool Fails)> Steps(Case c)
    {
        var now = _start + c.Runs;
        var tracker = HealthTracker.Begin(c.Timing, _start, now);
        foreach (var (fails, takes) in c.Results)
        {
            var began = now + tracker.Pause;
            now = began + takes;
            var before = tracker;
            tracker = tracker.After(new ProbeResult(began, fails ? "no" : null), now);
            yield return (before, tracker, began, fails);
        }
    }

    /// <param name="Runs">For how long it has run when its checks begin.</param>
    private sealed record Case(HealthTiming Timing, TimeSpan Runs, (bool Fails, TimeSpan Takes)[] Results);
}
