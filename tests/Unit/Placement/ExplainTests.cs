using OrleansCluster.Placement;

namespace OrleansCluster.Tests.Unit.Placement;

public sealed class ExplainTests
{
    private static readonly Resources _capacity = new(1000, 4096, 1000);

    [Fact]
    public void Explain_SeveralReasons_CountsEachNodeOnceTheMostFrequentFirst()
    {
        var arrays = Cluster.Of(
            Cluster.Node("a", _capacity, new Resources(0, 4000, 0)),
            Cluster.Node("b", _capacity, new Resources(0, 2048, 0)),
            Cluster.Node("c", _capacity, default, NodeStatus.Draining));

        var explanation = PlacementEngine.Explain(arrays, Cluster.Request("t", new Resources(100, 4000, 0)));

        Assert.Equal([new NodeShortfall("insufficient memory", 2), new NodeShortfall("draining", 1)], explanation.Shortfalls);
        Assert.Equal((3, 0, true), (explanation.Nodes, explanation.Feasible, explanation.WaitingCanHelp));
        Assert.Equal("0/3 nodes: 2 insufficient memory (4000 MiB wanted, at most 2048 free on a node), 1 draining; waiting can help", explanation.Summary);
    }

    [Fact]
    public void Explain_LargerThanAnyNode_SaysThatWaitingWillNotHelp()
    {
        var explanation = PlacementEngine.Explain(Cluster.Of(Cluster.Node("a", _capacity)), Cluster.Request("t", new Resources(100, 8192, 0)));

        Assert.False(explanation.WaitingCanHelp);
        Assert.Equal(
            "0/1 nodes: 1 insufficient memory (8192 MiB wanted, at most 4096 free on a node); waiting will not help: it fits on no node, even an empty one",
            explanation.Summary);
    }

    [Theory]
    [InlineData(NodeStatus.Draining)]
    [InlineData(NodeStatus.Lost)]
    public void Explain_OnlyALostOrDrainingNodeIsLargeEnough_WaitingCanHelp(NodeStatus status)
    {
        var arrays = Cluster.Of(Cluster.Node("small", new Resources(1, 1, 1)), Cluster.Node("large", _capacity, _capacity, status));

        Assert.True(PlacementEngine.Explain(arrays, Cluster.Request("t", new Resources(100, 100, 0))).WaitingCanHelp);
    }

    [Fact]
    public void Explain_NoSingleNodeHasAllDimensions_WaitingWillNotHelp()
    {
        var arrays = Cluster.Of(Cluster.Node("cpu", new Resources(8000, 100, 0)), Cluster.Node("memory", new Resources(100, 8000, 0)));

        Assert.False(PlacementEngine.Explain(arrays, Cluster.Request("t", new Resources(1000, 1000, 0))).WaitingCanHelp);
    }

    [Fact]
    public void Explain_NoNodes_WaitingCanHelp()
    {
        var explanation = PlacementEngine.Explain(new ClusterArrays(), Cluster.Request("t", new Resources(1, 1, 1)));

        Assert.Equal((true, "no nodes have joined; waiting can help"), (explanation.WaitingCanHelp, explanation.Summary));
        Assert.Empty(explanation.Shortfalls);
    }

    [Fact]
    public void Explain_ItFitsOnSome_SaysOnHowMany()
    {
        var arrays = Cluster.Of(Cluster.Node("a", _capacity), Cluster.Node("b", _capacity), Cluster.Node("c", _capacity, default, NodeStatus.Lost));

        var explanation = PlacementEngine.Explain(arrays, Cluster.Request("t", new Resources(1, 1, 1)));

        Assert.Equal((2, true, "fits on 2/3 nodes: 1 lost"), (explanation.Feasible, explanation.WaitingCanHelp, explanation.Summary));
    }
}
