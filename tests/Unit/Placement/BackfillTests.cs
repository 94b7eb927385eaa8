using System.Collections.Immutable;
using OrleansCluster.Grains.Scheduling;
using OrleansCluster.Placement;

namespace OrleansCluster.Tests.Unit.Placement;

public sealed class BackfillTests
{
    private static readonly Resources _node = new(4000, 4096, 0);
    private static readonly PlacementRequest _large = Cluster.Request("a-large", new Resources(3000, 1024, 0));
    private static readonly PlacementRequest _small = Cluster.Request("b-small", new Resources(1000, 512, 0));
    private static readonly PlacementRequest _other = Cluster.Request("c-small", new Resources(1000, 512, 0));

    /// <summary>The large task fits on n2 sooner: there the least has to end before.</summary>
    private static readonly ClusterArrays _busy = Cluster.Of(
        Cluster.Node("n1", _node, new Resources(3000, 512, 0)), Cluster.Node("n2", _node, new Resources(2000, 512, 0)));

    [Fact]
    public void Decide_FirstFindsNoRoom_ThoseBehindLeaveItsNodeAlone()
    {
        var decisions = Decide(_busy, [_large, _small, _other], first: null);

        Assert.Equal([null, "n1", null], decisions.Select(decision => decision.Node));
        Assert.Equal("0/2 nodes: 1 insufficient cpu (1000 millicores wanted, at most 2000 free on a node), 1 kept for a-large, which goes first; waiting can help", decisions[2].Explanation!.Summary);
    }

    [Fact]
    public void Decide_FirstWaitsSinceEarlier_ThoseBehindLeaveItsNodeAlone() =>
        Assert.Equal(["n1", null], Decide(_busy, [_small, _other], _large).Select(decision => decision.Node));

    [Fact]
    public void Decide_ThoseThatGoBeforeIt_TakeItsNode()
    {
        var before = _small with { Priority = 90 };

        Assert.Equal(["n1", "n2"], Decide(_busy, [before, _other with { Priority = 90 }], _large).Select(decision => decision.Node).Order());
    }

    [Fact]
    public void Decide_FirstFindsRoom_TheOthersDoAsEver()
    {
        var arrays = Cluster.Of(Cluster.Node("n1", _node), Cluster.Node("n2", _node));

        Assert.Equal(
            PlacementEngine.Decide(arrays.Copy(), [_large, _small, _other], 5).Select(decision => decision.Node),
            Decide(arrays, [_large, _small, _other], first: null, seed: 5).Select(decision => decision.Node));
    }

    [Fact]
    public void Decide_FirstCanNeverFit_NothingIsKept()
    {
        var never = Cluster.Request("a-never", new Resources(5000, 1, 0));

        Assert.Equal([null, "n1", "n2"], Decide(_busy, [never, _small, _other], first: null).Select(decision => decision.Node));
    }

    [Fact]
    public void Decide_PortIsTaken_NothingIsKept()
    {
        var arrays = Cluster.Of(Cluster.Node("n1", _node, default, NodeStatus.Active, Cluster.Tcp(80)));

        Assert.Equal([null, "n1"], Decide(arrays, [Cluster.Request("a", _small.Resources, Cluster.Tcp(80)), _small], first: null).Select(decision => decision.Node));
    }

    [Fact]
    public void NodeFor_NodesThatAreNotActive_AreNoneOfThem()
    {
        var arrays = Cluster.Of(
            Cluster.Node("n1", _node, new Resources(3000, 0, 0)),
            Cluster.Node("n2", _node, new Resources(2000, 0, 0), NodeStatus.Draining),
            Cluster.Node("n3", _node, new Resources(1500, 0, 0), NodeStatus.Lost));

        Assert.Equal(0, Backfill.NodeFor(arrays, _large));
    }

    [Fact]
    public void NodeFor_ItFitsAlready_IsNone() =>
        Assert.Equal(-1, Backfill.NodeFor(Cluster.Of(Cluster.Node("n1", _node, new Resources(3000, 0, 0)), Cluster.Node("n2", _node)), _large));

    private static ImmutableArray<PlacementDecision> Decide(ClusterArrays arrays, ImmutableArray<PlacementRequest> requests, PlacementRequest? first, ulong seed = 1) =>
        Backfill.Decide(arrays, requests, first, PlacementQueue.Order, [], seed);
}
