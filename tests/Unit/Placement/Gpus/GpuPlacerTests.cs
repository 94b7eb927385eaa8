using OrleansCluster.Placement.Gpus;

namespace OrleansCluster.Tests.Unit.Placement.Gpus;

public sealed class GpuPlacerTests
{
    private static readonly GpuDemand _half = GpuDemand.Shared(1000, 1000, 500);
    private static readonly GpuWorkload _halves = new([new(_half, 1)]);

    [Theory]
    [InlineData(GpuStrategy.Random)]
    [InlineData(GpuStrategy.BestFit)]
    [InlineData(GpuStrategy.Fgd)]
    public void Decide_NothingFits_TakesNothing(GpuStrategy strategy)
    {
        var arrays = GpuCluster.WithFree(1000, 1000, 499, 400);
        var placer = new GpuPlacer(arrays, strategy, _halves);

        Assert.Equal((false, 1000, 899), (placer.Decide(_half, 1).IsPlaced, arrays.FreeCpu[0], arrays.FreeGpu[0]));
        Assert.False(new GpuPlacer(GpuCluster.Of(), strategy, _halves).Decide(_half, 1).IsPlaced);
    }

    [Theory]
    [InlineData(GpuStrategy.Random)]
    [InlineData(GpuStrategy.BestFit)]
    [InlineData(GpuStrategy.Fgd)]
    public void Decide_OneNodeFits_TakesFromItUntilItIsFull(GpuStrategy strategy)
    {
        var arrays = GpuCluster.Of(GpuCluster.Node("small", 0, 1000, 8), GpuCluster.Node("fits", 3000, 3000, 1));
        var placer = new GpuPlacer(arrays, strategy, _halves);

        Assert.Equal([new(1, 1), new(1, 1), GpuDecision.None], [placer.Decide(_half, 1), placer.Decide(_half, 2), placer.Decide(_half, 3)]);
        Assert.Equal((1000, 1000, 0), (arrays.FreeCpu[1], arrays.FreeMemory[1], arrays.FreeGpu[1]));
    }

    [Fact]
    public void Decide_BestFit_TakesTheNodeWithLeastCpuAndGpu()
    {
        var arrays = GpuCluster.Of(GpuCluster.Node("large", 8000, 8000, 8), GpuCluster.Node("small", 2000, 8000, 2), GpuCluster.Node("as small", 2000, 8000, 2));

        Assert.Equal(1, new GpuPlacer(arrays, GpuStrategy.BestFit, _halves).Decide(_half, 7).Node);
    }

    [Fact]
    public void Decide_Fgd_UsesUpAFragmentThatBestFitWouldNot()
    {
        // 300 thousandths are of use to nobody but this task; best fit would take the smaller node with a whole device.
        var arrays = GpuCluster.Of(GpuCluster.Node("whole", 2000, 8000, 1), GpuCluster.Node("in pieces", 8000, 8000, 2));
        GpuCluster.Use(arrays, 1, 0, 700);
        var small = GpuDemand.Shared(1000, 1000, 300);

        Assert.Equal(0, new GpuPlacer(arrays.Copy(), GpuStrategy.BestFit, _halves).Decide(small, 7).Node);
        Assert.Equal(new GpuDecision(1, 0b01), new GpuPlacer(arrays, GpuStrategy.Fgd, _halves).Decide(small, 7));
    }

    [Fact]
    public void Decide_Random_ReachesEveryNodeThatFits()
    {
        var arrays = GpuCluster.Of([.. Enumerable.Range(0, 20).Select(n => GpuCluster.Node($"n{n}", n < 10 ? 1000 : 999, 1000, 1))]);

        var reached = Enumerable.Range(0, 500).Select(seed => new GpuPlacer(arrays.Copy(), GpuStrategy.Random, _halves).Decide(_half, (ulong)seed).Node).ToHashSet();

        Assert.Equal(Enumerable.Range(0, 10), reached.Order());
    }

    [Fact]
    public void Decide_MoreShapesThanAreRemembered_PlacesThemAll()
    {
        var arrays = GpuCluster.Of(GpuCluster.Node("n0", int.MaxValue, 1000, 2));
        var placer = new GpuPlacer(arrays, GpuStrategy.Fgd, _halves);

        Assert.All(Enumerable.Range(0, 1200), n => Assert.True(placer.Decide(GpuDemand.Shared(n, 0, 1), 0).IsPlaced));
        Assert.Equal(800, arrays.FreeGpu[0]);
    }
}
