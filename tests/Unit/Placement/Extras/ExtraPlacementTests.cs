using System.Collections.Immutable;
using OrleansCluster.Placement;

namespace OrleansCluster.Tests.Unit.Placement.Extras;

/// <summary>Where tasks go that want GPUs or named amounts, and where the others go.</summary>
public sealed class ExtraPlacementTests
{
    private static readonly Resources _capacity = new(8000, 8000, 8000);
    private static readonly Resources _small = new(100, 100, 0);
    private static readonly ImmutableArray<PlacementStep> _fgd = [new PlacementStep { Type = PlacementStepType.Fgd }];

    [Fact]
    public void Decide_WantsGpu_FillsTheNodeWithTheLeastGpuLeft()
    {
        var arrays = Cluster.Of(
            Cluster.Node("none", _capacity),
            Cluster.Node("four", _capacity).With(Extra.Gpus("T4", "T4", "T4", "T4")),
            Cluster.Node("one", _capacity).With(Extra.Gpus("T4")),
            Cluster.Node("two", _capacity).With(Extra.Gpus("T4", "T4")));

        Assert.Equal(["one", "two", "two", "four", "four"], Place(arrays, Many(5, Extra.Whole(1))));
        Assert.Equal(["two", "four", "four", null], Place(arrays, Many(4, Extra.Whole(2))));
    }

    [Fact]
    public void Decide_WantsNoGpu_StaysAwayFromFreeGpusWhileItCan()
    {
        var arrays = Cluster.Of(
            Cluster.Node("gpu", _capacity).With(Extra.Gpus("T4")),
            Cluster.Node("plain", _capacity with { Cpu = 16_000 }),
            Cluster.Node("used", _capacity).With(Extra.Gpus("T4"), new ExtraClaim { Gpus = [new GpuShare("0", 1000)] }));
        var half = new Resources(4000, 100, 0);

        Assert.Equal(
            ["used", "used", "plain", "plain", "plain", "plain", "gpu", "gpu", null],
            Place(arrays, [.. Enumerable.Range(0, 9).Select(i => Cluster.Request($"t{i}", half))]));
    }

    [Fact]
    public void Decide_SharesAndAmounts_NeverTakeMoreThanThereIs()
    {
        var arrays = Cluster.Of(Cluster.Node("a", _capacity).With(Extra.Gpus("T4", "T4") with { Amounts = Extra.Amount("licence", 3) }));

        Assert.Equal(["a", "a", "a", "a", null], Place(arrays, Many(5, Extra.Share(500))));
        Assert.Equal(["a", "a", "a", null], Place(arrays, Many(4, new ExtraDemand { Amounts = Extra.Amount("licence", 1) })));
    }

    [Fact]
    public void Decide_Copy_LeavesTheOriginalAsItWas()
    {
        var arrays = Cluster.Of(Cluster.Node("a", _capacity).With(Extra.Gpus("T4")));

        Place(arrays, Many(1, Extra.Whole(1))).ToList();

        Assert.Equal(1000, arrays.RoomOf(0)!.Free[0]);
        Assert.Equal(["a"], Place(arrays, Many(1, Extra.Whole(1))));
    }

    [Fact]
    public void Decide_ConstraintAndSpreadWithGpu_HoldTogether()
    {
        var arrays = Cluster.Of(
            Zoned("a", "east", "T4", "T4"), Zoned("b", "west", "T4"), Zoned("c", "north", "T4"), Zoned("d", "west"));
        ImmutableArray<PlacementRequest> requests =
        [
            .. Many(3, Extra.Whole(1)).Select(request => request with
            {
                Group = "g",
                Constraints = [new PlacementConstraint { Type = PlacementConstraintType.MemberOf, Expression = "attribute:zone in [east, west]" }],
                Strategy = [new PlacementStep { Type = PlacementStepType.Spread, Field = "attribute:zone" }],
            }),
        ];

        Assert.Equal(["b", "a", "a"], Place(arrays, requests));
    }

    [Fact]
    public void Decide_Fgd_LeavesWholeDevicesToThoseWhoWaitForThem()
    {
        // A share on the started device of b wastes nothing that the others need; on either of a it would cost a whole device.
        var arrays = Cluster.Of(
            Cluster.Node("a", _capacity).With(Extra.Gpus("T4", "T4")),
            Cluster.Node("b", new Resources(16_000, 16_000, 8000)).With(Extra.Gpus("T4", "T4", "T4"), new ExtraClaim { Gpus = [new GpuShare("1", 500)] }));
        var share = Cluster.Request("s", _small).With(Extra.Share(500)) with { Strategy = _fgd };

        Assert.Equal(["b", "a"], Place(arrays, [share, .. Many(1, Extra.Whole(2))]));
        Assert.Equal(["a"], Place(arrays, [share with { Strategy = [] }]));
    }

    [Fact]
    public void Decide_FgdWithoutAnyGpu_IsBestFit() =>
        Assert.Equal(["b"], Place(
            Cluster.Of(Cluster.Node("a", _capacity), Cluster.Node("b", new Resources(4000, 4000, 4000))), [Cluster.Request("t", _small) with { Strategy = _fgd }]));

    private static NodeSnapshot Zoned(string name, string zone, params string[] models) =>
        Cluster.Node(name, _capacity).With(Extra.Gpus(models)) with { Attributes = ImmutableSortedDictionary<string, string>.Empty.Add("zone", zone) };

    private static ImmutableArray<PlacementRequest> Many(int count, ExtraDemand extras) =>
        [.. Enumerable.Range(0, count).Select(i => Cluster.Request($"t{i}", _small).With(extras))];

    private static IEnumerable<string?> Place(ClusterArrays arrays, ImmutableArray<PlacementRequest> requests) =>
        PlacementEngine.Decide(arrays.Copy(), requests, seed: 1).Select(decision => decision.Node);
}
