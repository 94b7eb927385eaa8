using System.Collections.Immutable;
using OrleansCluster.Placement;

namespace OrleansCluster.Tests.Unit.Placement;

public sealed class PlacementEngineTests
{
    private static readonly Resources _capacity = new(1000, 1000, 1000);
    private static readonly Resources _full = new(1000, 1000, 1000);
    private static readonly Resources _task = new(100, 100, 0);

    [Fact]
    public void Decide_NoRequests_DecidesNothing() =>
        Assert.Empty(PlacementEngine.Decide(Cluster.Of(Cluster.Node("a", _capacity)), [], 1));

    [Fact]
    public void Decide_NoNodes_ExplainsAndNeverPicksAnIndex()
    {
        var decision = Decide(new ClusterArrays(), Cluster.Request("t", _task), Cluster.Request("u", _task, Cluster.Tcp(80)))[0];

        Assert.Equal((false, -1, null), (decision.IsPlaced, decision.NodeIndex, decision.Node));
        Assert.Equal("no nodes have joined; waiting can help", decision.Explanation!.Summary);
    }

    [Fact]
    public void Decide_OneNode_PlacesUntilItIsFull()
    {
        var arrays = Cluster.Of(Cluster.Node("a", _capacity) with { ETag = 42 });

        var decisions = PlacementEngine.Decide(arrays, [.. Enumerable.Range(0, 12).Select(i => Cluster.Request($"t{i}", _task))], 1);

        Assert.All(decisions.Take(10), decision => Assert.Equal(("a", 0, 42L, null), (decision.Node, decision.NodeIndex, decision.NodeETag, decision.Explanation)));
        Assert.All(decisions.Skip(10), decision => Assert.Equal("0/1 nodes: 1 insufficient cpu (100 millicores wanted, at most 0 free on a node); waiting can help", decision.Explanation?.Summary));
        Assert.Equal(new Resources(0, 0, 1000), arrays.FreeOf(0));
    }

    [Theory]
    [InlineData(TaskPlacementStrategy.BestFit, false)]
    [InlineData(TaskPlacementStrategy.BestFit, true)]
    [InlineData(TaskPlacementStrategy.Random, false)]
    [InlineData(TaskPlacementStrategy.Random, true)]
    public void Decide_ClosedNode_IsPassedOver(TaskPlacementStrategy strategy, bool withPort)
    {
        var arrays = Cluster.Of(Cluster.Node("a", _capacity), Cluster.Node("b", _capacity));
        var request = withPort ? Cluster.Request("t", _task, Cluster.Tcp(80)) : Cluster.Request("t", _task);
        arrays.Close(arrays.IndexOf("a"));

        var nodes = Enumerable.Range(0, 20).Select(seed => PlacementEngine.Decide(arrays.Copy(), [request], (ulong)seed, strategy)[0].Node);

        Assert.All(nodes, node => Assert.Equal("b", node));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    [InlineData(33)]
    public void Decide_AllFull_PlacesNothingAnywhere(int nodes)
    {
        var arrays = Cluster.Of([.. Enumerable.Range(0, nodes).Select(i => Cluster.Node($"n{i}", _capacity, _full))]);

        var decision = Decide(arrays, Cluster.Request("t", _task))[0];

        Assert.Equal((-1, nodes, 0), (decision.NodeIndex, decision.Explanation!.Nodes, decision.Explanation.Feasible));
    }

    [Fact]
    public void Decide_AllEqual_LetsTheSeedChooseAndThenFillsThatNode()
    {
        var nodes = Enumerable.Range(0, 20).Select(i => Cluster.Node($"n{i}", _capacity)).ToArray();
        var chosen = new HashSet<string>();
        for (var seed = 0UL; seed < 200; seed++)
        {
            var decisions = PlacementEngine.Decide(Cluster.Of(nodes), [Cluster.Request("t", _task), Cluster.Request("u", _task)], seed);
            Assert.Equal(decisions[0].Node, decisions[1].Node);
            chosen.Add(decisions[0].Node!);
        }

        Assert.Equal(20, chosen.Count);
    }

    [Fact]
    public void Decide_NodesOfDifferentFill_TakesTheFullestThatFits()
    {
        var arrays = Cluster.Of(
            Cluster.Node("empty", _capacity),
            Cluster.Node("half", _capacity, new Resources(500, 500, 0)),
            Cluster.Node("tight", _capacity, new Resources(900, 900, 0)),
            Cluster.Node("full", _capacity, new Resources(950, 950, 0)));

        Assert.Equal("tight", Decide(arrays, Cluster.Request("t", _task))[0].Node);
    }

    [Fact]
    public void Decide_SmallAndLargeNode_KeepsTheLargeOneFree()
    {
        var arrays = Cluster.Of(Cluster.Node("large", new Resources(8000, 8000, 8000)), Cluster.Node("small", _capacity));

        Assert.Equal("small", Decide(arrays, Cluster.Request("t", _task))[0].Node);
    }

    [Theory]
    [InlineData(NodeStatus.Draining)]
    [InlineData(NodeStatus.Lost)]
    public void Decide_BetterNodeIsNotActive_TakesTheActiveOne(NodeStatus status)
    {
        var arrays = Cluster.Of(Cluster.Node("fuller", _capacity, new Resources(500, 500, 0), status), Cluster.Node("active", _capacity));

        Assert.Equal("active", Decide(arrays, Cluster.Request("t", _task))[0].Node);
        Assert.False(Decide(Cluster.Of(Cluster.Node("a", _capacity, default, status)), Cluster.Request("t", Resources.Zero))[0].IsPlaced);
    }

    [Fact]
    public void Decide_SamePortTwice_TakesTwoNodesAndThenNone()
    {
        var arrays = Cluster.Of(Cluster.Node("a", _capacity), Cluster.Node("b", _capacity));
        var request = Cluster.Request("t", _task, Cluster.Tcp(8080));

        var decisions = Decide(arrays, request, request, request, Cluster.Request("u", _task, new HostPort(8080, PortProtocol.Udp)));

        Assert.Equal(["a", "b"], decisions.Take(2).Select(decision => decision.Node).Order());
        Assert.Equal("0/2 nodes: 2 port 8080/TCP taken; waiting can help", decisions[2].Explanation?.Summary);
        Assert.True(decisions[3].IsPlaced);
    }

    [Fact]
    public void Decide_LargeOneRefused_StillPlacesTheSmallOneAfterIt()
    {
        var decisions = Decide(Cluster.Of(Cluster.Node("a", _capacity)), Cluster.Request("large", new Resources(5000, 1, 1)), Cluster.Request("small", _task));

        Assert.Equal([false, true], decisions.Select(decision => decision.IsPlaced));
    }

    [Fact]
    public void Decide_LargestAmountsThereAre_NeitherOverflowNorFitTwice()
    {
        var huge = new Resources(int.MaxValue, int.MaxValue, int.MaxValue);
        var arrays = Cluster.Of(Cluster.Node("a", huge));

        Assert.Equal([true, false], Decide(arrays, Cluster.Request("t", huge), Cluster.Request("u", huge)).Select(decision => decision.IsPlaced));
    }

    private static ImmutableArray<PlacementDecision> Decide(ClusterArrays arrays, params PlacementRequest[] requests) =>
        PlacementEngine.Decide(arrays, [.. requests], 1);
}
