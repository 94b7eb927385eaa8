using OrleansCluster.Placement.Gpus;

namespace OrleansCluster.Tests.Unit.Placement.Gpus;

public sealed class GpuDemandTests
{
    [Fact]
    public void TotalThousandths_OfEachKind_IsWhatItTakes()
    {
        Assert.Equal(0, GpuDemand.WithoutGpu(1, 1).TotalThousandths);
        Assert.Equal(460, GpuDemand.Shared(1, 1, 460).TotalThousandths);
        Assert.Equal(8000, GpuDemand.Whole(1, 1, 8).TotalThousandths);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1000)]
    [InlineData(-1)]
    public void Shared_NotAPartOfOneDevice_IsRefused(int thousandths) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => GpuDemand.Shared(1, 1, thousandths));

    [Fact]
    public void Whole_NoDevice_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => GpuDemand.Whole(1, 1, 0));

    [Fact]
    public void WithoutGpu_NegativeAmount_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => GpuDemand.WithoutGpu(-1, 0));

    [Fact]
    public void Models_MoreThanTheirLimit_AreRefused()
    {
        var names = Enumerable.Range(0, GpuModels.Limit + 1).Select(n => $"M{n}").ToList();

        Assert.Throws<ArgumentException>(() => new GpuModels(names));
        Assert.Equal(GpuModels.Limit, int.PopCount(new GpuModels(names.Skip(1)).Parse(string.Join('|', names))));
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(1, -1)]
    [InlineData(1, GpuNode.MostDevices + 1)]
    public void Arrays_NodeOutOfRange_IsRefused(int cpu, int devices) =>
        Assert.Throws<ArgumentException>(() => GpuCluster.Of(GpuCluster.Node("n0", cpu, 1, devices)));
}
