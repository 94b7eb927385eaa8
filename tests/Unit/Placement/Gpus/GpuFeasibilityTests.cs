using OrleansCluster.Placement.Gpus;

namespace OrleansCluster.Tests.Unit.Placement.Gpus;

public sealed class GpuFeasibilityTests
{
    private static readonly GpuArrays _node = GpuCluster.WithFree(4000, 1024, 300, 1000, 700);

    [Fact]
    public void Check_ExactlyWhatIsFree_Fits()
    {
        Assert.Null(GpuFeasibility.Check(_node, 0, GpuDemand.WithoutGpu(4000, 1024)));
        Assert.Null(GpuFeasibility.Check(_node, 0, GpuDemand.Whole(4000, 1024, 1)));
        Assert.Null(GpuFeasibility.Check(_node, 0, GpuDemand.Shared(4000, 1024, 999)));
    }

    [Theory]
    [InlineData(4001, 1025, GpuObstacle.Cpu)]
    [InlineData(4000, 1025, GpuObstacle.Memory)]
    [InlineData(4000, 1024, GpuObstacle.Device)]
    public void Check_MoreThanIsFree_NamesTheFirstObstacle(int cpu, int memory, GpuObstacle obstacle) =>
        Assert.Equal(obstacle, GpuFeasibility.Check(_node, 0, GpuDemand.Whole(cpu, memory, 2)));

    [Fact]
    public void Check_RestsOfSeveralDevices_AreOfNoUseToAShare()
    {
        var node = GpuCluster.WithFree(4000, 1024, 300, 300, 300);

        Assert.Null(GpuFeasibility.Check(node, 0, GpuDemand.Shared(0, 0, 300)));
        Assert.Equal(GpuObstacle.Device, GpuFeasibility.Check(node, 0, GpuDemand.Shared(0, 0, 301)));
    }

    [Theory]
    [InlineData("T4", null)]
    [InlineData("V100|T4", null)]
    [InlineData("", null)]
    [InlineData("V100", GpuObstacle.Model)]
    [InlineData("unheard-of", GpuObstacle.Model)]
    public void Check_ModelsAllowed_AreThoseNamed(string specification, GpuObstacle? obstacle)
    {
        var arrays = GpuCluster.Of(GpuCluster.Node("n0", 1000, 1000, 1, "T4"), GpuCluster.Node("n1", 1000, 1000, 1, "V100"));

        Assert.Equal(obstacle, GpuFeasibility.Check(arrays, 0, GpuDemand.Shared(1, 1, 1, arrays.Models.Parse(specification))));
    }

    [Fact]
    public void Check_DeviceOfUnknownModel_IsForDemandsThatTakeAny()
    {
        var arrays = GpuCluster.Of(GpuCluster.Node("n0", 1000, 1000, 1, ""), GpuCluster.Node("n1", 1000, 1000, 1, "T4"));

        Assert.Null(GpuFeasibility.Check(arrays, 0, GpuDemand.Whole(1, 1, 1)));
        Assert.Equal(GpuObstacle.Model, GpuFeasibility.Check(arrays, 0, GpuDemand.Whole(1, 1, 1, arrays.Models.Parse("T4"))));
    }

    [Fact]
    public void Check_NodeWithoutGpu_TakesTasksWithout()
    {
        var arrays = GpuCluster.Of(GpuCluster.Node("n0", 1000, 1000, 0, ""));

        Assert.Null(GpuFeasibility.Check(arrays, 0, GpuDemand.WithoutGpu(1000, 1000)));
        Assert.Null(GpuFeasibility.Check(arrays, 0, default));
        Assert.Equal(GpuObstacle.Device, GpuFeasibility.Check(arrays, 0, GpuDemand.Shared(1, 1, 1)));
    }
}
