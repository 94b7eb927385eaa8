using OrleansCluster.Grains.Services.Autoscaling;

namespace OrleansCluster.Tests.Unit.Services;

public sealed class AutoscalerTests
{
    private static readonly DateTimeOffset _now = new(2026, 11, 28, 12, 0, 0, TimeSpan.Zero);
    private static readonly ScalingPolicy _cpu = new() { Metric = "cpu", Target = 50 };

    [Fact]
    public void Decide_TasksAreBusierThanTheTarget_GrowsToWhatTheyUseTogether()
    {
        var decision = Decide(Sight(3, _cpu) with { Metrics = Cpu(85.2, 3) }, fewest: null);

        Assert.Equal((6, "cpu is 85.2, its target 50", null), (decision.Desired, decision.Reason, decision.Held));
    }

    [Fact]
    public void Decide_OthersAreStarting_DoesNotGrowAgainForTheSameLoad() =>
        Assert.Equal(6, Decide(Sight(6, _cpu) with { Running = 3, Metrics = Cpu(100, 3) }, fewest: null).Desired);

    [Theory]
    [InlineData(40, 10, 9)]
    [InlineData(45, 10, 10)]
    [InlineData(46, 10, 10)]
    [InlineData(0, 10, 1)]
    public void Decide_TasksAreIdler_ShrinksToWhatLeavesATenthFree(double cpu, int desired, int expected) =>
        Assert.Equal(expected, Shrink(Sight(desired, _cpu) with { Metrics = Cpu(cpu, desired) }).Desired);

    [Fact]
    public void Decide_NothingIsKnownOfSomeTasks_TheyAreTakenToBeBusyWhenItShrinks() =>
        Assert.Equal(7, Shrink(Sight(10, _cpu) with { Running = 10, Metrics = Cpu(10, 5) }).Desired);

    [Theory]
    [InlineData(1200, 2, 12)]
    [InlineData(1201, 2, 13)]
    [InlineData(1, 0, 1)]
    public void Decide_ATotalPerTask_IsDivided(double queue, int desired, int expected) =>
        Assert.Equal(expected, Decide(Sight(desired, new ScalingPolicy { Metric = "queue", Target = 100, PerTask = true }) with { Metrics = Put("queue", queue) }, fewest: null).Desired);

    [Fact]
    public void Decide_AnEmptyQueue_ShrinksToNothing() =>
        Assert.Equal(0, Shrink(Sight(4, new ScalingPolicy { Metric = "queue", Target = 100, PerTask = true }) with { Metrics = Put("queue", 0) }).Desired);

    [Fact]
    public void Wants_ARatioFromBeforeTheLastChange_SaysNothing()
    {
        var sight = Sight(4, new ScalingPolicy { Metric = "latency", Target = 100 }) with { Metrics = Put("latency", 300) };

        Assert.Equal(12, Autoscaler.Wants(sight)[0].Out);
        Assert.Null(Autoscaler.Wants(sight with { Last = new ScalingRecord { LastIn = _now } })[0].Out);
        Assert.Null(Autoscaler.Wants(sight with { Running = 0 })[0].Out);
    }

    [Fact]
    public void Decide_Cooldowns_AreKept()
    {
        var hot = Sight(3, _cpu) with { Metrics = Cpu(100, 3) };
        var cold = Sight(3, _cpu) with { Metrics = Cpu(1, 3) };

        Assert.Equal(3, Decide(hot with { Last = new ScalingRecord { LastOut = _now.AddSeconds(-59) } }, fewest: null).Desired);
        Assert.Equal(6, Decide(hot with { Last = new ScalingRecord { LastOut = _now.AddSeconds(-60), LastIn = _now.AddSeconds(-1) } }, fewest: null).Desired);
        Assert.Equal(3, Shrink(cold with { Last = new ScalingRecord { LastOut = _now.AddSeconds(-299) } }).Desired);
        Assert.Equal(3, Shrink(cold with { Last = new ScalingRecord { LastIn = _now.AddSeconds(-299) } }).Desired);
        Assert.Equal(1, Shrink(cold with { Last = new ScalingRecord { LastOut = _now.AddSeconds(-300), LastIn = _now.AddSeconds(-400) } }).Desired);
    }

    [Fact]
    public void Decide_DeploymentUnderWay_GrowsAndDoesNotShrink()
    {
        Assert.Equal(6, Decide(Sight(3, _cpu) with { IsDeploying = true, Metrics = Cpu(100, 3) }, fewest: null).Desired);
        Assert.Equal(3, Shrink(Sight(3, _cpu) with { IsDeploying = true, Metrics = Cpu(1, 3) }).Desired);
    }

    [Fact]
    public void Decide_TeamHasNoRoom_SaysSoAndTakesWhatThereIs()
    {
        var hot = Sight(3, _cpu) with { Metrics = Cpu(100, 3) };

        var some = Decide(hot with { MostOfTeam = 4 }, fewest: null);
        var none = Decide(hot with { MostOfTeam = 2 }, fewest: null);

        Assert.Equal((4, "cpu is 100, its target 50: 6 tasks are wanted, and the team's maximum leaves room for 4"), (some.Desired, some.Held));
        Assert.Equal((3, null), (none.Desired, none.Reason));
        Assert.NotNull(none.Held);
    }

    [Theory]
    [InlineData(0, 1, "1 tasks are the fewest")]
    [InlineData(30, 20, "20 tasks are the most")]
    public void Decide_OutOfBounds_IsBroughtBackAtOnce(int desired, int expected, string reason)
    {
        var decision = Decide(Sight(desired, _cpu) with { Last = new ScalingRecord { LastOut = _now, LastIn = _now } }, fewest: null);

        Assert.Equal((expected, reason), (decision.Desired, decision.Reason));
    }

    [Fact]
    public void Fewest_SeveralPolicies_AllHaveToKnowUnlessTheyOnlyGrow()
    {
        var memory = new ScalingPolicy { Metric = "memory", Target = 50 };
        var sight = Sight(10, _cpu, memory) with { Metrics = Cpu(10, 10) };

        Assert.Null(Autoscaler.Fewest(Autoscaler.Wants(sight)));
        Assert.Equal(3, Autoscaler.Fewest(Autoscaler.Wants(Sight(10, _cpu, memory with { DisableScaleIn = true }) with { Metrics = Cpu(10, 10) })));
        Assert.Null(Autoscaler.Fewest(Autoscaler.Wants(Sight(10, _cpu with { DisableScaleIn = true }) with { Metrics = Cpu(10, 10) })));
    }

    [Fact]
    public void Highest_WasBusyAMomentAgo_IsWhatWasWantedThen()
    {
        var history = new ScalingHistory();
        for (var second = -120; second <= 0; second += 15)
            history.Note(second == -30 ? 8 : 2, _now.AddSeconds(second));

        Assert.Equal(8, history.Highest(TimeSpan.FromSeconds(60), _now));
        Assert.Equal(2, history.Highest(TimeSpan.FromSeconds(15), _now));
    }

    [Fact]
    public void Highest_NotKnownForAllOfTheTime_IsNothing()
    {
        var history = new ScalingHistory();
        history.Note(2, _now.AddSeconds(-59));
        Assert.Null(history.Highest(TimeSpan.FromSeconds(60), _now));
        Assert.Equal(2, history.Highest(TimeSpan.FromSeconds(59), _now));

        history.Note(null, _now.AddSeconds(-1));
        history.Note(2, _now);
        Assert.Null(history.Highest(TimeSpan.FromSeconds(1), _now));
    }

    [Fact]
    public void Highest_LookedAtAgainAndAgain_KeepsLittle()
    {
        var history = new ScalingHistory();
        history.Note(9, _now);
        for (var i = 1; i < 100_000; i++)
            history.Note(1, _now.AddMilliseconds(i * 10));

        Assert.Equal(1, history.Highest(TimeSpan.FromSeconds(60), _now.AddMilliseconds(1_000_000)));
    }

    private static ScalingDecision Shrink(ScalingSight sight) => Decide(sight, Autoscaler.Fewest(Autoscaler.Wants(sight)));

    private static ScalingDecision Decide(ScalingSight sight, int? fewest) => Autoscaler.Decide(sight, Autoscaler.Wants(sight), fewest);

    private static Dictionary<string, MetricReading> Cpu(double value, int tasks) => new() { ["cpu"] = new MetricReading(value, _now, tasks) };

    private static Dictionary<string, MetricReading> Put(string metric, double value) => new() { [metric] = new MetricReading(value, _now, 0) };

    private static ScalingSight Sight(int desired, params ScalingPolicy[] policies) => new()
    {
        Spec = new AutoscalingSpec { Maximum = 20, Policies = [.. policies] },
        Bounds = new ScalingBounds(policies[0].PerTask ? 0 : 1, 20, null),
        Desired = desired,
        Running = desired,
        Metrics = new Dictionary<string, MetricReading>(),
        Now = _now,
    };
}
