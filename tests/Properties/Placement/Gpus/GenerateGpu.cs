using FsCheck;
using FsCheck.Fluent;
using OrleansCluster.Placement.Gpus;

namespace OrleansCluster.Tests.Properties.Placement.Gpus;

/// <summary>
/// Clusters of 0 to 20 nodes with 0 to 5 devices of three models or of none known. Amounts are few and small, so that exact fits, equal scores and full
/// devices are frequent.
/// </summary>
internal static class GenerateGpu
{
    // The bits of A, B and C are 1, 2 and 4 where all are there; a bit that no node has is as good a case.
    private static Gen<int> Models { get; } = Gen.Elements(GpuModels.Any, GpuModels.Any, 0b001, 0b011, 0b110, 0);

    private static Gen<GpuNode> Node { get; } =
        from cpu in Gen.Choose(0, 8)
        from memory in Gen.Choose(0, 8)
        from devices in Gen.Choose(0, 5)
        from model in Gen.Elements("A", "B", "C", "")
        select new GpuNode("", cpu, memory, devices, model);

    private static Gen<GpuDemand> Demand { get; } =
        from cpu in Gen.Choose(0, 3)
        from memory in Gen.Choose(0, 3)
        from models in Models
        from devices in Gen.Choose(1, 3)
        from thousandths in Gen.Elements(1, 250, 500, 501, 999)
        from kind in Gen.Choose(0, 5)
        select kind switch
        {
            0 => GpuDemand.WithoutGpu(cpu, memory),
            < 3 => GpuDemand.Whole(cpu, memory, devices, models),
            _ => GpuDemand.Shared(cpu, memory, thousandths, models),
        };

    public static Gen<GpuCase> Cases { get; } =
        from nodeCount in Gen.Choose(0, 20)
        from nodes in Gen.ArrayOf(Node, nodeCount)
        from demandCount in Gen.Choose(0, 60)
        from demands in Gen.ArrayOf(Demand, demandCount)
        from classCount in Gen.Choose(0, 8)
        from classes in Gen.ArrayOf(Demand, classCount)
        from tasks in Gen.ArrayOf(Gen.Choose(1, 9), classCount)
        from seed in Gen.Choose(0, int.MaxValue)
        select new GpuCase(
            [.. nodes.Select((node, i) => node with { Name = $"n{i}" })],
            [.. demands],
            new GpuWorkload(classes.Zip(tasks, (demand, count) => new GpuClass(demand, count))),
            (ulong)seed);
}
