using System.Collections.Immutable;
using OrleansCluster.Placement.Extras;
using OrleansCluster.Placement.Gpus;

namespace OrleansCluster.Grains.Tasks.Validation;

/// <summary>How much GPU containers may ask for, by themselves and together.</summary>
internal static class GpuRules
{
    public static void Check(FaultList faults, string path, GpuSpec? gpu)
    {
        if (gpu is null)
            return;
        if (gpu.Count is null == gpu.Thousandths is null)
            faults.Add(path, $"expected either a count of whole devices or thousandths of one, found {(gpu.Count is null ? "neither" : "both")}");
        if (gpu.Count is { } count)
            faults.CheckRange($"{path}/count", count, 1, GpuNode.MostDevices);
        if (gpu.Thousandths is { } thousandths)
            faults.CheckRange($"{path}/thousandths", thousandths, 1, GpuDemand.WholeDevice - 1);
        CheckModels(faults, $"{path}/models", gpu.Models);
    }

    /// <summary>A task has whole devices or a share of one, all of the models that it names.</summary>
    public static void CheckTogether(FaultList faults, string path, ImmutableArray<Item<ContainerSpec>> containers)
    {
        var asking = containers.Where(container => container.Value.Gpu is not null).ToList();
        if (asking.Count < 2)
            return;
        foreach (var (at, _) in asking.Where(container => container.Value.Gpu!.Thousandths is not null))
            faults.Add($"{at}/gpu/thousandths", $"{asking.Count} containers ask for GPU: a share of a device is for a task of which only one does");
        var first = asking[0];
        foreach (var (at, _) in asking.Skip(1).Where(container => !ModelsOf(container).SetEquals(ModelsOf(first))))
            faults.Add($"{at}/gpu/models", $"expected the models of {first.Path}/gpu, since all devices of a task are of the same");
        var counts = asking.Select(container => (long)(container.Value.Gpu!.Count ?? 0)).ToList();
        if (counts.Sum() > GpuNode.MostDevices && counts.All(count => count <= GpuNode.MostDevices))
            faults.Add(path, $"the containers' GPUs add up to {counts.Sum()}: expected at most {GpuNode.MostDevices}, as many as a node can have");
    }

    private static void CheckModels(FaultList faults, string path, ImmutableArray<string> models)
    {
        foreach (var (at, model) in faults.Items(path, models, SpecLimits.ModelsPerContainer))
        {
            if (!ExtraNames.IsModel(model))
                faults.Add(at, $"{Quoted.Of(model)} is no GPU model: expected {ExtraNames.ModelExpectation}");
        }
    }

    private static HashSet<string> ModelsOf(Item<ContainerSpec> container) =>
        container.Value.Gpu!.Models is { IsDefault: false } models ? models.ToHashSet(StringComparer.Ordinal) : [];
}
