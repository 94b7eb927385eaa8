using OrleansCluster.Grains.ResourceManagement;
using OrleansCluster.Grains.Storage;
using static OrleansCluster.Tests.Unit.ResourceManagement.ClusterStateSamples;

namespace OrleansCluster.Tests.Unit.ResourceManagement;

/// <summary>The committer holds claims to their constraints whatever the scheduler that sends them has seen.</summary>
public sealed class ConstraintCommitTests
{
    private static readonly PlacementConstraint _distinct = new() { Type = PlacementConstraintType.DistinctInstance };

    [Fact]
    public void Validate_TaskOfItsGroupIsThere_RejectsADistinctOneWithTheGroup()
    {
        var state = StateOf(("n1", 1000, 100), ("n2", 1000, 100));
        Apply(state, Transaction(Request("a", "n1", 1) with { Group = "family:web" }));

        var verdict = ClaimValidator.Validate(state, Transaction(Distinct("b", "n1"), Distinct("c", "n2"), Distinct("d", "n2")));

        Assert.Equal([false, true, false], verdict.Outcomes.Select(outcome => outcome.IsCommitted));
        Assert.All(verdict.Outcomes.Where(outcome => !outcome.IsCommitted), outcome =>
            Assert.Equal((ClaimRejectionReason.ConstraintNotMet, "group family:web"), (outcome.Rejection!.Reason, outcome.Rejection.Dimension)));
    }

    [Fact]
    public void Validate_OtherOfItsGroupWasReleased_CommitsADistinctOne()
    {
        var state = StateOf(("n1", 1000, 100));
        Apply(state, Transaction(Distinct("a", "n1")));
        state.Publish(state.Remove([state.FindClaim("a#1")!], DateTimeOffset.UnixEpoch));

        Assert.True(ClaimValidator.Validate(state, Transaction(Distinct("b", "n1"))).Outcomes[0].IsCommitted);
    }

    [Fact]
    public void Validate_NodeDoesNotMatch_RejectsWithTheExpression()
    {
        var state = StateOf(("n1", 1000, 100));

        var verdict = ClaimValidator.Validate(state, Transaction(MemberOf("a", "attribute:zone == a"), MemberOf("b", "runningTasksCount < 1"), MemberOf("c", "runningTasksCount < 1")));

        Assert.Equal((ClaimRejectionReason.ConstraintNotMet, "constraint attribute:zone == a"), (verdict.Outcomes[0].Rejection!.Reason, verdict.Outcomes[0].Rejection!.Dimension));
        Assert.Equal([false, true, false], verdict.Outcomes.Select(outcome => outcome.IsCommitted));
    }

    [Fact]
    public void Load_ClaimsOfGroups_AreCountedOnTheirNodesByOneName()
    {
        var claims = Enumerable.Range(0, 3).Select(i => new ClaimRow(ClaimOf($"t{i}", i < 2 ? "n1" : "n2", new string("family:web".AsSpan())), "batch/t1"));
        var state = ClusterState.Load("test", "first", new ClusterRows([RowOf("n1", 1000, 100), RowOf("n2", 1000, 100)], [.. claims]));

        var nodes = state.ReadSince(default).Nodes;

        Assert.Equal([new TaskGroupCount("family:web", 2)], nodes[0].TaskGroups);
        Assert.Equal([new TaskGroupCount("family:web", 1)], nodes[1].TaskGroups);
        Assert.Same(nodes[0].TaskGroups[0].Group, nodes[1].TaskGroups[0].Group);
    }

    [Fact]
    public void Register_Again_KeepsWhenItJoinedAndTakesTheAgentsVersion()
    {
        var registration = new NodeRegistration { Node = "n1", Capacity = new Resources(1, 1, 1), Session = "s", Runtime = "simulated", AgentVersion = "0.2.0" };
        var joined = NodeChanges.Register(registration, null, DateTimeOffset.UnixEpoch.AddDays(1));

        var again = NodeChanges.Register(registration with { AgentVersion = "0.3.0" }, joined, DateTimeOffset.UnixEpoch.AddDays(2));

        Assert.Equal((DateTimeOffset.UnixEpoch.AddDays(1), "0.3.0"), (again.RegisteredAt, again.AgentVersion));
        Assert.False(NodeChanges.AreSame(again, joined));
    }

    private static ClaimRequest Distinct(string task, string node) => Request(task, node, 1) with { Group = "family:web", Constraints = [_distinct] };

    private static ClaimRequest MemberOf(string task, string expression) =>
        Request(task, "n1", 1) with { Constraints = [new PlacementConstraint { Type = PlacementConstraintType.MemberOf, Expression = expression }] };

    private static Claim ClaimOf(string task, string node, string group) =>
        new() { TaskId = task, Attempt = 1, Node = node, Resources = new Resources(1, 1, 0), Definition = "web:1", Team = "default", Group = group };
}
