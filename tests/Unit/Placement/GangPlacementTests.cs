using System.Collections.Immutable;
using OrleansCluster.Placement;

namespace OrleansCluster.Tests.Unit.Placement;

public sealed class GangPlacementTests
{
    private static readonly Resources _node = new(4000, 4096, 0);
    private static readonly PlacementRequest _small = Cluster.Request("small", new Resources(1000, 512, 0));

    [Fact]
    public void Decide_RoomForAll_IsTakenByAll()
    {
        var decisions = Decide(Cluster.Of(Cluster.Node("n1", _node), Cluster.Node("n2", _node)), [.. Gang("g", 4, 2000), _small]);

        Assert.Equal(["n1", "n1", "n2", "n2", null], decisions.Select(decision => decision.Node).Order(Comparer<string?>.Create((a, b) => string.CompareOrdinal(a ?? "z", b ?? "z"))));
    }

    [Fact]
    public void Decide_RoomForSome_IsLeftToOthersThatGoBefore_AndNoneOfItIsPlaced()
    {
        var decisions = Decide(Cluster.Of(Cluster.Node("n1", _node), Cluster.Node("n2", _node)), [_small, .. Gang("g", 4, 2000)]);

        Assert.True(decisions[0].IsPlaced);
        Assert.All(decisions.Skip(1), decision => Assert.Equal(
            "its gang of 4 fits only 3 at a time; for the next, 0/2 nodes: 2 insufficient cpu (2000 millicores wanted, at most 1000 free on a node); waiting can help", decision.Explanation!.Summary));
    }

    [Fact]
    public void Decide_PartOfAGang_IsNotPlaced() =>
        Assert.All(Decide(Cluster.Of(Cluster.Node("n1", _node)), [.. Gang("g", 3, 100).Take(2)]), decision => Assert.False(decision.IsPlaced));

    [Fact]
    public void Decide_OneFits_AllTogetherDoNotEvenOnEmptyNodes_WaitingDoesNotHelp()
    {
        var explanation = Decide(Cluster.Of(Cluster.Node("n1", _node)), Gang("g", 3, 2000))[0].Explanation!;

        Assert.False(explanation.WaitingCanHelp);
        Assert.EndsWith("waiting will not help: even on empty nodes only 2 fit", explanation.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Decide_DistinctInstance_CountsOneANode()
    {
        ImmutableArray<PlacementRequest> gang = [.. Gang("g", 3, 100).Select(member => member with { Group = "x", Constraints = [new PlacementConstraint { Type = PlacementConstraintType.DistinctInstance }] })];
        var arrays = Cluster.Of(Cluster.Node("n1", _node), Cluster.Node("n2", _node));

        Assert.Contains("even on empty nodes only 2 fit", Decide(arrays, gang)[0].Explanation!.Summary, StringComparison.Ordinal);
        Assert.Equal(["n1", "n2"], Decide(arrays, [.. gang.Take(2).Select(member => member with { GangSize = 2 })]).Select(decision => decision.Node).Order());
    }

    /// <summary>It waits for n1 and n2: on n3 more has to end. What comes behind goes there, and nowhere else.</summary>
    [Fact]
    public void Decide_GangWaits_ItsNodesAreKeptFromThoseBehind()
    {
        var arrays = Cluster.Of(Cluster.Node("n1", _node, new Resources(1000, 0, 0)), Cluster.Node("n2", _node, new Resources(2000, 0, 0)), Cluster.Node("n3", _node, new Resources(3000, 0, 0)));

        var decisions = Decide(arrays, [.. Gang("g", 2, 3000), _small, _small with { TaskId = "other" }]);

        Assert.Equal([null, null, "n3", null], decisions.Select(decision => decision.Node));
        Assert.Contains("2 kept for g.0, which goes first", decisions[3].Explanation!.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Decide_GangThatNeverFits_KeepsNothing()
    {
        var arrays = Cluster.Of(Cluster.Node("n1", _node), Cluster.Node("n2", _node, default, NodeStatus.Lost));

        Assert.Equal("n1", Decide(arrays, [.. Gang("g", 2, 3000), _small])[2].Node);
    }

    [Fact]
    public void Decide_ParkedOneGoesBetweenItsMembers_StaysWhole()
    {
        var arrays = Cluster.Of(Cluster.Node("n1", _node));
        var first = Cluster.Request("g.1-parked", new Resources(4000, 1, 0));

        var decisions = Backfill.Decide(arrays, Gang("g", 4, 1000), first, before: 2, [], 1);

        Assert.All(decisions, decision => Assert.Equal("n1", decision.Node));
    }

    internal static ImmutableArray<PlacementRequest> Gang(string name, int size, int cpu) =>
        [.. Enumerable.Range(0, size).Select(i => Cluster.Request($"{name}.{i}", new Resources(cpu, 64, 0)) with { Gang = name, GangSize = size })];

    private static ImmutableArray<PlacementDecision> Decide(ClusterArrays arrays, ImmutableArray<PlacementRequest> requests) =>
        Backfill.Decide(arrays, requests, first: null, requests.Length, [], 1);
}
