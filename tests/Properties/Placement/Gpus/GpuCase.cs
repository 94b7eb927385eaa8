using System.Collections.Immutable;
using OrleansCluster.Placement.Gpus;

namespace OrleansCluster.Tests.Properties.Placement.Gpus;

/// <summary>A cluster with GPUs, and what is to be placed on it one after another.</summary>
internal sealed record GpuCase(ImmutableArray<GpuNode> Nodes, ImmutableArray<GpuDemand> Demands, GpuWorkload Workload, ulong Seed)
{
    public GpuArrays Arrays => new(Nodes);

    public List<ModelGpuNode> Model => [.. Nodes.Select(node => new ModelGpuNode(node, Arrays.Models))];

    /// <summary>With the seed of each decision.</summary>
    public IEnumerable<(GpuDemand Demand, ulong Seed)> Arrivals => Demands.Select((demand, i) => (demand, Seed + (ulong)i));

    public override string ToString() =>
        $"seed {Seed}\n  {string.Join("\n  ", Nodes)}\n  {string.Join("\n  ", Demands)}\n  typical: {string.Join(", ", Workload.WithGpu)}, {Workload.TasksWithoutGpu} without";
}
