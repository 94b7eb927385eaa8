using OrleansCluster.Silo.Agent.Health;

namespace OrleansCluster.Tests.Unit.Agent;

public sealed class HealthTrackerTests
{
    private static readonly DateTimeOffset _start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly HealthTiming _timing = HealthTiming.Of(new HealthCheckSpec { Interval = 10 });

    [Fact]
    public void Of_NothingSaid_IsAsInEcs() =>
        Assert.Equal(new HealthTiming(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(5), 3, TimeSpan.Zero), HealthTiming.Of(new HealthCheckSpec()));

    /// <summary>One letter a check: + for a success, - for a failure; what follows it is the status then.</summary>
    [Theory]
    [InlineData("+H")]
    [InlineData("-?-?-U")]
    [InlineData("-?-?+H")]
    [InlineData("-?-?+H-H-H-U")]
    [InlineData("+H-H-H+H-H-H-U")]
    [InlineData("-?-?-U-U-U-U+H")]
    [InlineData("-?-?-U+H-H-H-U")]
    public void After_Results_CountsFailuresInARow(string story)
    {
        var tracker = HealthTracker.Begin(_timing, _start, _start);
        for (var i = 0; i < story.Length; i += 2)
        {
            tracker = After(tracker, _start.AddSeconds(100), story[i] == '+' ? null : "no");
            Assert.Equal(story[i + 1], Letter(tracker.Status));
        }
    }

    [Fact]
    public void After_Unhealthy_KeepsTheReasonThatMadeItSo()
    {
        var tracker = HealthTracker.Begin(_timing with { Retries = 2 }, _start, _start);
        foreach (var reason in new[] { "first", "second", "third" })
            tracker = After(tracker, _start.AddSeconds(100), reason);

        Assert.Equal((HealthStatus.Unhealthy, "second"), (tracker.Status, tracker.Reason));
        Assert.Null(After(tracker, _start.AddSeconds(100), null).Reason);
    }

    /// <summary>A failure that began a tick before the end of the start period does not count, one at its end does.</summary>
    [Fact]
    public void After_FailuresInTheStartPeriod_DoNotCountUntilASuccess()
    {
        var timing = _timing with { Retries = 1, StartPeriod = TimeSpan.FromSeconds(60) };
        var tracker = HealthTracker.Begin(timing, _start, _start);

        tracker = After(tracker, _start.AddSeconds(60).AddTicks(-1), "no");
        Assert.Equal((HealthStatus.Unknown, 0), (tracker.Status, tracker.Failures));
        Assert.Equal(HealthStatus.Unhealthy, After(tracker, _start.AddSeconds(60), "no").Status);
        Assert.Equal(HealthStatus.Unhealthy, After(After(tracker, _start.AddSeconds(1), null), _start.AddSeconds(2), "no").Status);
    }

    [Theory]
    [InlineData(0, 0, 10)]
    [InlineData(0, 4, 6)]
    [InlineData(0, 10, 0)]
    [InlineData(0, 5000, 0)]
    [InlineData(0, -5000, 10)]
    [InlineData(60, 0, 1)]
    [InlineData(60, 30, 0)]
    [InlineData(1, 0, 10)]
    public void Begin_OfAContainerThatHasRunForSoLong_IsDueThen(int startPeriod, int runs, int due) =>
        Assert.Equal(TimeSpan.FromSeconds(due), HealthTracker.Begin(_timing with { StartPeriod = TimeSpan.FromSeconds(startPeriod) }, _start, _start.AddSeconds(runs)).Pause);

    [Fact]
    public void Pause_InTheStartPeriod_IsShortUntilTheFirstSuccess()
    {
        var tracker = HealthTracker.Begin(_timing with { StartPeriod = TimeSpan.FromSeconds(60) }, _start, _start);

        tracker = After(tracker, _start.AddSeconds(1), "no");
        Assert.Equal(TimeSpan.FromSeconds(1), tracker.Pause);
        Assert.Equal(TimeSpan.FromSeconds(10), After(tracker, _start.AddSeconds(59.5), "no").Pause);
        Assert.Equal(TimeSpan.FromSeconds(10), After(tracker, _start.AddSeconds(2), null).Pause);
        Assert.Equal(TimeSpan.FromSeconds(10), After(After(tracker, _start.AddSeconds(2), null), _start.AddSeconds(12), "no").Pause);
    }

    private static HealthTracker After(HealthTracker tracker, DateTimeOffset at, string? failure) => tracker.After(new ProbeResult(at, failure), at);

    private static char Letter(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => 'H',
        HealthStatus.Unhealthy => 'U',
        _ => '?',
    };
}
