using System.Collections.Immutable;

namespace OrleansCluster.Grains.Tasks.Validation;

/// <summary>What holds for the containers of one task together, whether they stand in a task definition or in a job.</summary>
internal static class ContainerGroupRules
{
    /// <param name="path">Of the object that has <c>containers</c>, <c>volumes</c>, <c>network</c> and <c>checkpoint</c>.</param>
    public static void Check(
        FaultList faults, string path, ImmutableArray<ContainerSpec> containers, ImmutableArray<VolumeSpec> volumes, NetworkMode network, CheckpointSpec? checkpoint)
    {
        var volumeItems = faults.Items($"{path}/volumes", volumes, SpecLimits.VolumesPerTask);
        var items = faults.Items($"{path}/containers", containers, SpecLimits.ContainersPerTask);
        if (containers.IsDefaultOrEmpty)
            faults.Add($"{path}/containers", "expected at least one container, found none");

        var names = volumeItems.Select(volume => volume.Value.Name).Where(name => name is not null).ToHashSet(StringComparer.Ordinal);
        foreach (var container in items)
            ContainerRules.Check(faults, container, names);
        faults.CheckUnique(items, "/name", "container", container => container.Name);
        CheckEssential(faults, $"{path}/containers", items);
        ContainerDependencyRules.Check(faults, items);
        ResourceRules.CheckSum(faults, $"{path}/containers", items);

        GpuRules.CheckTogether(faults, $"{path}/containers", items);
        AmountRules.CheckSum(faults, $"{path}/containers", items);
        VolumeRules.Check(faults, volumeItems);
        if (!Enum.IsDefined(network))
            faults.Add($"{path}/network", $"{network} is no network mode: expected BRIDGE, HOST or NONE");
        PortRules.Check(faults, items, network);
        HealthCheckRules.Check(faults, items, network);
        CheckpointRules.Check(faults, $"{path}/checkpoint", checkpoint, items);
    }

    private static void CheckEssential(FaultList faults, string path, ImmutableArray<Item<ContainerSpec>> containers)
    {
        if (!containers.IsEmpty && containers.All(container => !container.Value.Essential))
            faults.Add(path, "no container is essential, so nothing would end the task: expected at least one");
    }
}
