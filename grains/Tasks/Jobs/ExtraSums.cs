using System.Collections.Immutable;

namespace OrleansCluster.Grains.Tasks.Jobs;

/// <summary>What the containers of a task ask for together, of GPU and of named amounts.</summary>
internal static class ExtraSums
{
    /// <summary><see langword="null"/> where no container asks for any. They are valid: all that ask for GPU want whole devices, or only one does.</summary>
    public static ExtraDemand? Of(ImmutableArray<ContainerSpec> containers)
    {
        var gpu = containers.Select(container => container.Gpu).OfType<GpuSpec>().Aggregate(default(GpuSpec), Add);
        var amounts = ImmutableSortedDictionary<string, int>.Empty;
        foreach (var (name, amount) in containers.SelectMany(container => container.Amounts))
            amounts = amounts.SetItem(name, amounts.GetValueOrDefault(name) + amount);
        return gpu is null && amounts.IsEmpty ? null : new ExtraDemand { Gpu = gpu, Amounts = amounts };
    }

    private static GpuSpec Add(GpuSpec? sum, GpuSpec gpu) => sum is null ? gpu : sum with { Count = sum.Count + gpu.Count };
}
