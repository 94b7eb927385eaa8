using OrleansCluster.Placement;

namespace OrleansCluster.Tests.Unit.Placement.Extras;

public sealed class ExtraExplainTests
{
    private static readonly Resources _capacity = new(8000, 8000, 8000);

    private static readonly ClusterArrays _arrays = Cluster.Of(
        Cluster.Node("a", _capacity),
        Cluster.Node("b", _capacity).With(Extra.Gpus("T4", "T4"), new ExtraClaim { Gpus = [new GpuShare("0", 600)] }),
        Cluster.Node("c", _capacity, status: NodeStatus.Draining).With(Extra.Gpus("A100") with { Amounts = Extra.Amount("licence", 5) }));

    public static TheoryData<ExtraDemand, string> Wants { get; } = new()
    {
        { Extra.Whole(2), "0/3 nodes: 2 insufficient gpu (2 whole wanted, at most 1 free on a node), 1 draining; waiting can help" },
        { Extra.Whole(3), "0/3 nodes: 2 insufficient gpu (3 whole wanted, at most 1 free on a node), 1 draining; waiting will not help: it fits on no node, even an empty one" },
        { Extra.Share(400), "fits on 1/3 nodes: 1 draining, 1 insufficient gpu (400 thousandths wanted, at most 1000 free on a device)" },
        { Extra.Whole(2, "A100"), "0/3 nodes: 2 insufficient gpu model A100 (2 wanted, at most 0 on a node), 1 draining; waiting will not help: it fits on no node, even an empty one" },
        { Extra.Whole(1, "A100"), "0/3 nodes: 2 insufficient gpu model A100 (1 wanted, at most 0 on a node), 1 draining; waiting can help" },
        { new ExtraDemand { Amounts = Extra.Amount("licence", 5) }, "0/3 nodes: 2 insufficient amount licence (5 wanted, at most 0 free on a node), 1 draining; waiting can help" },
    };

    [Theory]
    [MemberData(nameof(Wants))]
    public void Explain_GpusAndAmounts_SaysWhatIsMissingAndWhetherWaitingHelps(ExtraDemand wanted, string summary) =>
        Assert.Equal(summary, PlacementEngine.Explain(_arrays, Cluster.Request("t", new Resources(1, 1, 0)).With(wanted)).Summary);

    [Fact]
    public void NodeFor_WaitsForGpu_IsTheNodeOnWhichTheLeastHasToEnd()
    {
        var arrays = Cluster.Of(
            Cluster.Node("a", _capacity).With(Extra.Gpus("T4", "T4"), new ExtraClaim { Gpus = [new GpuShare("0", 600), new GpuShare("1", 10)] }),
            Cluster.Node("b", _capacity).With(Extra.Gpus("T4", "T4"), new ExtraClaim { Gpus = [new GpuShare("0", 600)] }),
            Cluster.Node("c", _capacity).With(Extra.Gpus("T4")));

        Assert.Equal("b", arrays.NameOf(Backfill.NodeFor(arrays, Cluster.Request("t", new Resources(1, 1, 0)).With(Extra.Whole(2)))));
        Assert.Equal(-1, Backfill.NodeFor(arrays, Cluster.Request("t", new Resources(1, 1, 0)).With(Extra.Whole(3))));
    }
}
