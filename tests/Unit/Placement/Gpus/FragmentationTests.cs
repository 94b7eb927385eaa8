using OrleansCluster.Placement.Gpus;

namespace OrleansCluster.Tests.Unit.Placement.Gpus;

/// <summary>Amounts worked out by hand: for each class, its tasks times all that is free (it cannot run) or times what lies on devices too small for it.</summary>
public sealed class FragmentationTests
{
    private static readonly GpuWorkload _workload = new(
    [
        new(GpuDemand.Shared(1000, 0, 500), 2),
        new(GpuDemand.Whole(4000, 0, 1), 1),
        new(GpuDemand.WithoutGpu(1000, 0), 1),
    ]);

    [Theory]
    // Without GPU: 2000. Shared, twice: the 300 of the first device. Whole: the 300 and the 700 of those in use.
    [InlineData(8000, 2000 + (2 * 300) + 1000)]
    // Too little CPU for whole devices: all 2000 for that class, too.
    [InlineData(2000, 2000 + (2 * 300) + 2000)]
    [InlineData(0, 4 * 2000)]
    public void Of_NodeInUse_AddsWhatEachClassCannotUse(int cpu, long expected) =>
        Assert.Equal(expected, Fragmentation.Of(_workload, new GpuRest(cpu, 0, 1), [300, 1000, 700]));

    [Fact]
    public void Of_NothingFree_IsNothing() => Assert.Equal(0, Fragmentation.Of(_workload, new GpuRest(8000, 0, 1), [0, 0]));

    [Theory]
    [InlineData(2, 1000)]
    [InlineData(3, 3000)]
    public void Of_SeveralWholeDevices_IsAllWhereThereAreTooFew(int wanted, long expected) =>
        Assert.Equal(expected, Fragmentation.Of(new GpuWorkload([new(GpuDemand.Whole(0, 0, wanted), 1)]), new GpuRest(0, 0, 1), [600, 1000, 400, 1000]));

    [Fact]
    public void Of_ModelOrMemoryThatKeepsAClassAway_IsAll()
    {
        var workload = new GpuWorkload([new(GpuDemand.Shared(0, 64, 500, models: 0b10), 3)]);

        Assert.Equal(0, Fragmentation.Of(workload, new GpuRest(0, 64, 0b10), [1000]));
        Assert.Equal(3000, Fragmentation.Of(workload, new GpuRest(0, 63, 0b10), [1000]));
        Assert.Equal(3000, Fragmentation.Of(workload, new GpuRest(0, 64, 0b01), [1000]));
    }

    [Fact]
    public void Increase_OfAShare_IsOnTheDeviceThatItFillsUp()
    {
        var arrays = GpuCluster.WithFree(8000, 0, 1000, 300, 700);

        // Before: 2000 + 600 + 1000. After, on the second device: 1700 + 0 + 700.
        Assert.Equal(new FragmentationIncrease(2400 - 3600, 0b010), FragmentationIncrease.Of(_workload, arrays, 0, GpuDemand.Shared(1000, 0, 300)));
    }

    [Fact]
    public void Increase_OfAWholeDevice_IsOnTheFirstThatIsWhole()
    {
        var arrays = GpuCluster.WithFree(8000, 0, 300, 700, 1000);

        // Before: 2000 + 600 + 1000. After: 1000 without GPU, 600 shared, and 1000 since no device is whole.
        Assert.Equal(new FragmentationIncrease(2600 - 3600, 0b100), FragmentationIncrease.Of(_workload, arrays, 0, GpuDemand.Whole(1000, 0, 1)));
    }

    [Fact]
    public void Increase_OfATaskThatTakesTheLastCpu_IsAllThatWasOfUse()
    {
        var arrays = GpuCluster.WithFree(4000, 0, 1000);

        // Before: 1000 without GPU. After: 1000 for each of the four tasks.
        Assert.Equal(new FragmentationIncrease(3000, 0), FragmentationIncrease.Of(_workload, arrays, 0, GpuDemand.WithoutGpu(4000, 0)));
    }

    [Theory]
    [InlineData(0, 50)]
    [InlineData(-4000, 73)]
    [InlineData(4000, 26)]
    [InlineData(1, 49)]
    [InlineData(-1, 50)]
    public void Score_OfAnIncrease_IsTheLogisticFunctionOfDevices(long increase, int expected) =>
        Assert.Equal(expected, GpuScore.OfIncrease(_workload, increase));
}
