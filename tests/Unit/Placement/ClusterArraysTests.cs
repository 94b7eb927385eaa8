using OrleansCluster.Placement;

namespace OrleansCluster.Tests.Unit.Placement;

public sealed class ClusterArraysTests
{
    private static readonly Resources _capacity = new(1000, 1000, 1000);

    [Fact]
    public void Count_NothingApplied_IsZeroAndNoNodeIsKnown()
    {
        var arrays = new ClusterArrays();

        Assert.Equal((0, -1, ClusterVersion.None), (arrays.Count, arrays.IndexOf("a"), arrays.Version));
    }

    [Fact]
    public void From_Snapshot_HoldsEveryNodeAsItIs()
    {
        var arrays = Cluster.Of(Cluster.Node("a", _capacity), Cluster.Node("b", _capacity, new Resources(1, 2, 3), NodeStatus.Draining, Cluster.Tcp(80)) with { ETag = 7 });

        var b = arrays.IndexOf("b");
        Assert.Equal((2, "b", 7L, NodeStatus.Draining), (arrays.Count, arrays.NameOf(b), arrays.ETagOf(b), arrays.StatusOf(b)));
        Assert.Equal((_capacity, new Resources(999, 998, 997)), (arrays.CapacityOf(b), arrays.FreeOf(b)));
        Assert.Equal([Cluster.Tcp(80)], arrays.PortsOf(b));
        Assert.Empty(arrays.PortsOf(arrays.IndexOf("a")));
    }

    [Fact]
    public void Apply_DeltaWithKnownAndNewNode_ReplacesTheOneAndAddsTheOther()
    {
        var arrays = Cluster.Of(Cluster.Node("a", _capacity, default, NodeStatus.Active, Cluster.Tcp(80)), Cluster.Node("b", _capacity));

        arrays.Apply(Cluster.Delta(2, Cluster.Node("a", _capacity, new Resources(5, 5, 5)) with { ETag = 2 }, Cluster.Node("c", _capacity)));

        Assert.Equal((3, 0, 1, 2), (arrays.Count, arrays.IndexOf("a"), arrays.IndexOf("b"), arrays.IndexOf("c")));
        Assert.Equal((2L, new Resources(995, 995, 995)), (arrays.ETagOf(0), arrays.FreeOf(0)));
        Assert.Empty(arrays.PortsOf(0));
        Assert.Equal(2, arrays.Version.Number);
    }

    [Fact]
    public void Apply_DeltaAfterTaking_PutsBackWhatWasTakenInVain()
    {
        var arrays = Cluster.Of(Cluster.Node("a", _capacity));
        arrays.Take(0, new Resources(700, 1, 1), [Cluster.Tcp(80)]);

        arrays.Apply(Cluster.Delta(2, Cluster.Node("a", _capacity, new Resources(10, 10, 10))));

        Assert.Equal(new Resources(990, 990, 990), arrays.FreeOf(0));
        Assert.Empty(arrays.PortsOf(0));
    }

    [Fact]
    public void Apply_DeltaThatIsNotNewer_ChangesNothing()
    {
        var arrays = Cluster.Of(Cluster.Node("a", _capacity));

        arrays.Apply(Cluster.Delta(1, Cluster.Node("a", _capacity, new Resources(10, 10, 10))));

        Assert.Equal(_capacity, arrays.FreeOf(0));
    }

    [Fact]
    public void Apply_DeltaOfAnotherIncarnation_IsABrokenInvariant()
    {
        var arrays = Cluster.Of(Cluster.Node("a", _capacity));
        var foreign = new ClusterDelta { Version = new ClusterVersion("second", 9), IsSnapshot = false, Nodes = [] };

        Assert.Contains("snapshot", Assert.Throws<InvalidOperationException>(() => arrays.Apply(foreign)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Apply_SnapshotOfAnotherIncarnation_ForgetsNodesThatAreGone()
    {
        var arrays = Cluster.Of(Cluster.Node("a", _capacity, default, NodeStatus.Active, Cluster.Tcp(80)), Cluster.Node("b", _capacity));

        arrays.Apply(Cluster.Snapshot(Cluster.Node("b", _capacity)) with { Version = new ClusterVersion("second", 1) });

        Assert.Equal((1, -1, 0), (arrays.Count, arrays.IndexOf("a"), arrays.IndexOf("b")));
        Assert.Empty(arrays.PortsOf(0));
        Assert.Equal("second", arrays.Version.Incarnation);
    }

    [Fact]
    public void Take_Twice_AddsUp()
    {
        var arrays = Cluster.Of(Cluster.Node("a", _capacity));

        arrays.Take(0, new Resources(100, 200, 300), [Cluster.Tcp(80)]);
        arrays.Take(0, new Resources(100, 200, 300), [Cluster.Tcp(81)]);

        Assert.Equal(new Resources(800, 600, 400), arrays.FreeOf(0));
        Assert.Equal([80, 81], arrays.PortsOf(0).Select(port => port.Port).Order());
    }

    [Fact]
    public void Copy_TakenFrom_LeavesTheOriginalAsItWas()
    {
        var arrays = Cluster.Of(Cluster.Node("a", _capacity));
        var copy = arrays.Copy();

        copy.Take(0, _capacity, [Cluster.Tcp(80)]);
        copy.Apply(Cluster.Delta(2, Cluster.Node("b", _capacity)));

        Assert.Equal((1, _capacity, 1L), (arrays.Count, arrays.FreeOf(0), arrays.Version.Number));
        Assert.Empty(arrays.PortsOf(0));
        Assert.Equal((2, Resources.Zero), (copy.Count, copy.FreeOf(0)));
    }

    [Fact]
    public void Copy_OriginalChanged_StaysAsItWas()
    {
        var arrays = Cluster.Of(Cluster.Node("a", _capacity));
        var copy = arrays.Copy();

        arrays.Apply(Cluster.Delta(2, Cluster.Node("a", _capacity, default, NodeStatus.Draining), Cluster.Node("b", _capacity)));

        Assert.Equal((1, NodeStatus.Active, 1L), (copy.Count, copy.StatusOf(0), copy.Version.Number));
    }
}
