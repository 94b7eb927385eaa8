using System.Collections.Immutable;
using OrleansCluster.Grains.ResourceManagement;
using OrleansCluster.Grains.ResourceManagement.Preemption;
using static OrleansCluster.Tests.Unit.ResourceManagement.ClusterStateSamples;

namespace OrleansCluster.Tests.Unit.ResourceManagement;

public sealed class PreemptionPlannerTests
{
    private const int BestEffort = 10;
    private const int Batch = 50;
    private const int Production = 80;
    private const int Monitoring = 95;

    private static readonly DateTimeOffset _now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(Batch, BestEffort, true)]
    [InlineData(Production, Batch, true)]
    [InlineData(Monitoring, Production, true)]
    [InlineData(74, 25, false)]
    [InlineData(89, 75, false)]
    [InlineData(Batch, Production, false)]
    [InlineData(BestEffort, Monitoring, false)]
    public void Plan_OtherBand_LowerOnesLeaveOnly(int priority, int victim, bool leaves)
    {
        var state = StateOf(("n1", 1000, 100));
        Claims(state, ("a", "n1", 1000, victim, 10));

        Assert.Equal(leaves, Plan(state, Task("urgent", 1000, priority)).Length == 1);
    }

    [Fact]
    public void Plan_SeveralNodes_TakesTheLowestBandThenTheLeastWorkLost()
    {
        var state = StateOf(("n1", 1000, 100), ("n2", 1000, 100), ("n3", 1000, 100));
        Claims(state, ("batch", "n1", 1000, Batch, 1), ("old", "n2", 1000, BestEffort, 600), ("young", "n3", 1000, BestEffort, 60));

        var plan = Assert.Single(Plan(state, Task("urgent", 500, Production)));

        Assert.Equal(("n3", "young"), (plan.Node, Assert.Single(plan.Victims).TaskId));
    }

    [Fact]
    public void Plan_OldOneHasAFreshCheckpoint_ItLeavesAndNotTheYoungerOne()
    {
        var state = StateOf(("n1", 1000, 100), ("n2", 1000, 100));
        Claims(state, ("saved", "n1", 1000, BestEffort, 3600), ("young", "n2", 1000, BestEffort, 60));
        var costs = new VictimCosts(_now, new Dictionary<string, DateTimeOffset> { ["saved#1"] = _now.AddSeconds(-20) });

        var plan = Assert.Single(PreemptionPlanner.Plan(state, [Task("urgent", 500, Production)], [], costs));

        Assert.Equal(("n1", "saved"), (plan.Node, Assert.Single(plan.Victims).TaskId));
    }

    [Fact]
    public void Cost_CheckpointOfAnEarlierAttempt_CountsForNothing()
    {
        var state = StateOf(("n1", 1000, 100));
        Claims(state, ("a", "n1", 1000, BestEffort, 60));
        var claim = Assert.Single(state.Nodes.Single().Claims);
        var costs = new VictimCosts(_now, new Dictionary<string, DateTimeOffset> { ["a#1"] = _now.AddSeconds(-600) });

        Assert.Equal(new VictimCosts(_now).Of(claim), costs.Of(claim));
    }

    [Fact]
    public void Plan_LargeVictimMakesSmallOnesNeedless_OnlyItLeaves()
    {
        var state = StateOf(("n1", 1000, 100));
        Claims(state, ("small", "n1", 100, BestEffort, 1), ("large", "n1", 800, BestEffort, 1000));

        Assert.Equal(["large"], Assert.Single(Plan(state, Task("urgent", 800, Production))).Victims.Select(victim => victim.TaskId));
    }

    [Fact]
    public void Plan_WantedPortIsTaken_ItsHolderLeaves()
    {
        var port = new HostPort(8080, PortProtocol.Tcp);
        var state = StateOf(("n1", 1000, 100));
        Apply(state, Transaction(Request("other", "n1", 10) with { Priority = BestEffort }, Request("holder", "n1", 10, ports: port) with { Priority = BestEffort }));

        var plan = Assert.Single(Plan(state, Task("urgent", 10, Production) with { Ports = [port] }));

        Assert.Equal(["holder"], plan.Victims.Select(victim => victim.TaskId));
    }

    [Fact]
    public void Plan_TwoRequests_TheSecondTakesWhatTheFirstOnesVictimsLeaveOver()
    {
        var state = StateOf(("n1", 1000, 100));
        Claims(state, ("big", "n1", 1000, BestEffort, 10));

        var plans = Plan(state, Task("first", 400, Production), Task("second", 600, Production), Task("third", 1, Production));

        Assert.Equal([1, 0], plans.Select(plan => plan.Victims.Length));
        Assert.Equal(["first", "second"], plans.Select(plan => plan.TaskId));
    }

    [Fact]
    public void Plan_OthersAreLeavingAlready_NobodyLeavesTwice()
    {
        var state = StateOf(("n1", 1000, 100), ("n2", 1000, 100));
        Claims(state, ("a", "n1", 1000, BestEffort, 10), ("b", "n2", 1000, BestEffort, 20));
        var first = Task("first", 1000, Production);
        var underWay = new PreemptionUnderWay(first, Assert.Single(Plan(state, first)));

        var plan = Assert.Single(PreemptionPlanner.Plan(state, [Task("second", 1000, Production)], [underWay], new VictimCosts(_now)));

        Assert.Equal(("n2", "b"), (plan.Node, Assert.Single(plan.Victims).TaskId));
    }

    [Fact]
    public void Plan_ConstraintNotMetOrNodeDraining_LooksElsewhere()
    {
        var state = StateOf(("n1", 1000, 100), ("n2", 1000, 100));
        Claims(state, ("a", "n1", 1000, BestEffort, 10), ("b", "n2", 1000, BestEffort, 999));
        PlacementConstraint notFirst = new() { Type = PlacementConstraintType.MemberOf, Expression = "node != n1" };

        Assert.Equal("n2", Assert.Single(Plan(state, Task("urgent", 1000, Production) with { Constraints = [notFirst] })).Node);
        Assert.Empty(Plan(state, Task("urgent", 1001, Production)));
    }

    [Fact]
    public void Plan_VictimOfAGang_CountsAndLeavesWholeAndWhatTheOthersFreeIsUsed()
    {
        var state = StateOf(("n1", 1000, 100), ("n2", 1000, 100), ("n3", 1000, 100));
        GangClaims(state, "g", BestEffort, 10, ("g.0", "n1", 1000), ("g.1", "n2", 1000));
        Claims(state, ("alone", "n3", 1000, BestEffort, 15));

        Assert.Equal("alone", Assert.Single(Assert.Single(Plan(state, Task("urgent", 1000, Production))).Victims).TaskId);
        var plans = Plan(state, Task("a", 1000, Production), Task("b", 900, Production), Task("c", 900, Production));

        Assert.Equal([1, 2, 0], plans.Select(plan => plan.Victims.Length));
        Assert.Equal(["n3", "n1", "n2"], plans.Select(plan => plan.Node));
        Assert.Equal(["g.0", "g.1"], plans[1].Victims.Select(victim => victim.TaskId));
    }

    [Fact]
    public void Plan_GangThatPreempts_IsHelpedWholeOrNotAtAll()
    {
        var state = StateOf(("n1", 1000, 100), ("n2", 1000, 100));
        Claims(state, ("a", "n1", 1000, BestEffort, 10), ("b", "n2", 1000, Production, 10));

        Assert.Empty(Plan(state, Gang("g", 2)));
        Assert.Equal("a", Assert.Single(Assert.Single(Plan(state, [.. Gang("g", 2), Task("other", 1000, Production)])).Victims).TaskId);
        Assert.Empty(Plan(state, Gang("h", 2)[0]));
        Assert.Single(Plan(state, Gang("g", 1)));
    }

    [Fact]
    public void Plan_VictimsOfAPlanUnderWayOnOtherNodes_AreGoneThere()
    {
        var state = StateOf(("n1", 1000, 100), ("n2", 1000, 100));
        GangClaims(state, "g", BestEffort, 10, ("g.0", "n1", 1000), ("g.1", "n2", 1000));
        var first = Task("first", 1000, Production);
        var underWay = new PreemptionUnderWay(first, Assert.Single(Plan(state, first)));

        Assert.Empty(Assert.Single(PreemptionPlanner.Plan(state, [Task("second", 1000, Production)], [underWay], new VictimCosts(_now))).Victims);
    }

    private static PlacementRequest[] Gang(string name, int size) =>
        [.. Enumerable.Range(0, size).Select(i => Task($"{name}.{i}", 1000, Production) with { Gang = name, GangSize = size })];

    private static void GangClaims(ClusterState state, string gang, int priority, int seconds, params (string Task, string Node, int Cpu)[] claims)
    {
        var transaction = Transaction([.. claims.Select(claim => Request(claim.Task, claim.Node, claim.Cpu) with { Priority = priority, Gang = gang })]);
        state.Publish(state.Add(ClaimValidator.Validate(state, transaction, _now.AddSeconds(-seconds)).Accepted));
    }

    private static ImmutableArray<PreemptionPlan> Plan(ClusterState state, params PlacementRequest[] requests) => PreemptionPlanner.Plan(state, [.. requests], [], new VictimCosts(_now));

    private static void Claims(ClusterState state, params (string Task, string Node, int Cpu, int Priority, int Seconds)[] claims)
    {
        foreach (var (task, node, cpu, priority, seconds) in claims)
        {
            var transaction = Transaction(Request(task, node, cpu) with { Priority = priority });
            state.Publish(state.Add(ClaimValidator.Validate(state, transaction, _now.AddSeconds(-seconds)).Accepted));
        }
    }

    private static PlacementRequest Task(string id, int cpu, int priority) => new()
    {
        TaskId = id,
        Attempt = 1,
        Resources = new Resources(cpu, 1, 0),
        Definition = "app:1",
        Team = "default",
        Priority = priority,
        QueuedAt = _now,
    };
}
