using OrleansCluster.Placement.Gpus;

namespace OrleansCluster.Tests.Unit.Placement.Gpus;

public sealed class DeviceChoiceTests
{
    [Fact]
    public void BestFit_Share_TakesTheLeastThatIsEnough() =>
        Assert.Equal(0b0100UL, DeviceChoice.BestFit([1000, 300, 500, 700], GpuDemand.Shared(0, 0, 400)));

    [Fact]
    public void BestFit_ShareAmongEquals_TakesTheFirst() =>
        Assert.Equal(0b0010UL, DeviceChoice.BestFit([1000, 500, 500], GpuDemand.Shared(0, 0, 500)));

    [Fact]
    public void BestFit_WholeDevices_PassesOverThoseInUse() =>
        Assert.Equal(0b1101UL, DeviceChoice.BestFit([1000, 999, 1000, 1000, 1000], GpuDemand.Whole(0, 0, 3)));

    [Fact]
    public void BestFit_TaskWithoutGpu_TakesNone() => Assert.Equal(0UL, DeviceChoice.BestFit([1000, 1000], GpuDemand.WithoutGpu(1, 1)));

    [Fact]
    public void BestFit_LastOfAsManyDevicesAsThereCanBe_IsNamed()
    {
        var devices = new int[GpuNode.MostDevices];
        devices[^1] = 1000;

        Assert.Equal(1UL << 63, DeviceChoice.BestFit(devices, GpuDemand.Whole(0, 0, 1)));
        Assert.Equal(1UL << 63, DeviceChoice.Random(devices, GpuDemand.Shared(0, 0, 1), 12345));
    }

    [Fact]
    public void Random_Share_ReachesEveryDeviceWithEnoughAndNoOther()
    {
        var reached = Enumerable.Range(0, 100).Select(chance => DeviceChoice.Random([400, 1000, 399, 700], GpuDemand.Shared(0, 0, 400), (ulong)chance)).ToHashSet();

        Assert.Equal([0b0001UL, 0b0010UL, 0b1000UL], reached.Order());
    }
}
