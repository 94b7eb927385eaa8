using OrleansCluster.Placement.Gpus;

namespace OrleansCluster.Tests.Unit.Placement.Gpus;

public sealed class GpuWorkloadTests
{
    private static readonly IEnumerable<GpuDemand> _tasks =
    [
        .. Enumerable.Repeat(GpuDemand.Shared(1000, 10, 500), 5),
        .. Enumerable.Repeat(GpuDemand.Shared(1000, 20, 500), 5),
        .. Enumerable.Repeat(GpuDemand.WithoutGpu(1000, 10), 6),
        .. Enumerable.Repeat(GpuDemand.Whole(1000, 10, 1), 3),
        GpuDemand.Whole(1000, 10, 8),
    ];

    [Theory]
    [InlineData(100, 20)]
    [InlineData(96, 20)]
    [InlineData(95, 19)]
    [InlineData(80, 16)]
    [InlineData(50, 10)]
    [InlineData(1, 10)]
    public void Typical_ShareOfTasks_IsCoveredByTheMostFrequentShapes(int percent, long tasks) =>
        Assert.Equal(tasks, GpuWorkload.Typical(_tasks, percent).Tasks);

    [Fact]
    public void Typical_ShapesThatDifferInMemory_AreOneClass()
    {
        var workload = GpuWorkload.Typical(_tasks, 80);

        Assert.Equal([new GpuClass(GpuDemand.Shared(1000, 0, 500), 10)], workload.WithGpu);
        Assert.Equal(6, workload.TasksWithoutGpu);
    }

    [Fact]
    public void Typical_NoTasks_IsEmpty() => Assert.Equal(0, GpuWorkload.Typical([], 95).Tasks);

    [Fact]
    public void Workload_ClassWithoutTask_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new GpuWorkload([new GpuClass(GpuDemand.Whole(1, 1, 1), 0)]));
}
