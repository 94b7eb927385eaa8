using System.Collections.Immutable;
using OrleansCluster.Placement;

namespace OrleansCluster.Tests.Unit.Placement;

public sealed class RuledPlacementTests
{
    private static readonly Resources _size = new(1000, 1000, 1000);
    private static readonly Resources _small = new(10, 10, 0);
    private static readonly PlacementConstraint _distinct = new() { Type = PlacementConstraintType.DistinctInstance };

    [Fact]
    public void Decide_SpreadOverZones_FillsThemEvenlyThenPacks()
    {
        var arrays = ClusterArrays.From(Cluster.Snapshot([.. Enumerable.Range(0, 150).Select(i => Node($"n{i:D3}", i < 140 ? "a" : "b"))]));

        var decisions = PlacementEngine.Decide(
            arrays, [.. Requests(20, [new PlacementStep { Type = PlacementStepType.Spread, Field = "attribute:zone" }])], seed: 3);

        var nodes = decisions.Select(decision => decision.Node!).ToList();
        Assert.Equal(10, nodes.Count(node => string.CompareOrdinal(node, "n140") >= 0));

        // Within a zone it is best fit: all on one node.
        Assert.Equal(2, nodes.Distinct().Count());
    }

    [Fact]
    public void Decide_DistinctInstance_PlacesOneANodeAndExplainsTheRest()
    {
        var arrays = Cluster.Of(Node("n1", "a"), Node("n2", "a") with { TaskGroups = [new TaskGroupCount("family:web", 1)] }, Node("n3", "b"));

        var decisions = PlacementEngine.Decide(arrays, [.. Requests(3, []).Select(request => request with { Constraints = [_distinct] })], seed: 3);

        Assert.Equal(["n1", "n3"], decisions.Take(2).Select(decision => decision.Node!).Order());
        Assert.Equal("0/3 nodes: 3 running a task of group family:web already; waiting can help", decisions[2].Explanation!.Summary);
    }

    [Fact]
    public void Explain_NoNodeMatches_SaysThatWaitingWillNotHelp()
    {
        var arrays = Cluster.Of(Node("n1", "a"), Node("n2", "a") with { Status = NodeStatus.Draining });

        var explanation = PlacementEngine.Explain(arrays, MemberOf("attribute:zone == c"));

        Assert.False(explanation.WaitingCanHelp);
        Assert.Equal("0/2 nodes: 1 draining, 1 not matching `attribute:zone == c`; waiting will not help: no node matches its constraints", explanation.Summary);
    }

    [Fact]
    public void Explain_MatchingNodesAreTooSmall_SaysThatWaitingWillNotHelp()
    {
        var arrays = Cluster.Of(Node("n1", "a"), Node("n2", "b") with { Capacity = new Resources(5000, 5000, 5000) });

        var explanation = PlacementEngine.Explain(arrays, MemberOf("attribute:zone == a") with { Resources = new Resources(2000, 10, 0) });

        Assert.Equal(
            "0/2 nodes: 1 insufficient cpu (2000 millicores wanted, at most 1000 free on a node), 1 not matching `attribute:zone == a`; "
            + "waiting will not help: it fits on no node that matches its constraints, even an empty one",
            explanation.Summary);
    }

    [Theory]
    [InlineData("runningTasksCount > 0")]
    [InlineData("status == DRAINING")]
    [InlineData("task:group == family:db")]
    public void Explain_WhatTasksAndStatusSay_MayChange(string expression) =>
        Assert.True(PlacementEngine.Explain(Cluster.Of(Node("n1", "a")), MemberOf(expression)).WaitingCanHelp);

    [Fact]
    public void Decide_ExpressionThatCannotBeRead_MatchesNoNode() =>
        Assert.False(PlacementEngine.Decide(Cluster.Of(Node("n1", "a")), [MemberOf("zone is a")], seed: 1)[0].IsPlaced);

    [Fact]
    public void Decide_TaskPlacedInTheSameBatch_OpensItsNode()
    {
        var first = Cluster.Request("t1", _small) with { Group = "family:db" };

        var decisions = PlacementEngine.Decide(Cluster.Of(Node("n1", "a"), Node("n2", "b")), [MemberOf("task:group == family:db"), first, MemberOf("task:group == family:db")], seed: 1);

        Assert.Equal([false, true, true], decisions.Select(decision => decision.IsPlaced));
        Assert.Equal(decisions[1].Node, decisions[2].Node);
    }

    private static NodeSnapshot Node(string name, string zone) =>
        Cluster.Node(name, _size) with { Attributes = ImmutableSortedDictionary<string, string>.Empty.Add("zone", zone) };

    private static PlacementRequest MemberOf(string expression) =>
        Cluster.Request("t", _small) with { Constraints = [new PlacementConstraint { Type = PlacementConstraintType.MemberOf, Expression = expression }] };

    private static IEnumerable<PlacementRequest> Requests(int count, ImmutableArray<PlacementStep> strategy) =>
        Enumerable.Range(0, count).Select(i => Cluster.Request($"t{i}", _small) with { Group = "family:web", Strategy = strategy });
}
