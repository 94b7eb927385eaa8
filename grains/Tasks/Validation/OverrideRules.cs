using System.Collections.Immutable;

namespace OrleansCluster.Grains.Tasks.Validation;

/// <summary>What holds for a task's overrides: by themselves, and with the definition that they change.</summary>
internal static class OverrideRules
{
    /// <param name="path">Of the task.</param>
    public static void Check(FaultList faults, string path, JobTaskSpec task)
    {
        var items = faults.Items($"{path}/overrides", task.Overrides, SpecLimits.ContainersPerTask);
        if (!task.Overrides.IsDefaultOrEmpty && task.Definition is null)
            faults.Add($"{path}/overrides", "overrides go with a definition; containers of the task's own are written as they shall be");
        foreach (var item in items)
            Check(faults, item);
        faults.CheckUnique(items, "/name", "override of a container", change => change.Name);
    }

    /// <summary>The faults that only show with the definition: what it makes of them cannot be registered.</summary>
    /// <param name="path">Of the task.</param>
    public static ImmutableArray<Fault> FaultsWith(TaskDefinition definition, string path, ImmutableArray<ContainerOverride> overrides)
    {
        var faults = new FaultList();
        var names = definition.Containers.Select(container => container.Name).ToList();
        foreach (var (itemPath, change) in Items.Of($"{path}/overrides", overrides, SpecLimits.ContainersPerTask))
        {
            if (change.Name is not null && !names.Contains(change.Name, StringComparer.Ordinal))
                faults.Add($"{itemPath}/name", $"{Quoted.Of(change.Name)} is no container of {definition.Name}{NearestName.Hint(change.Name, names)}: expected one of {string.Join(", ", names)}");
        }

        var result = new FaultList();
        ContainerGroupRules.Check(result, "", ContainerOverrides.Apply(definition, overrides), definition.Volumes, definition.Network, definition.Checkpoint);

        // What is wrong with one override by itself has been told where it stands.
        foreach (var fault in result.ToImmutable().Where(fault => fault.Path is "/containers" || fault.Path.EndsWith("/environment", StringComparison.Ordinal)))
            faults.Add($"{path}/overrides", $"with them, {definition.Name} has a fault at {fault.Path}: {fault.Message}");
        return faults.ToImmutable();
    }

    private static void Check(FaultList faults, Item<ContainerOverride> item)
    {
        var (path, change) = item;
        faults.CheckName($"{path}/name", change.Name);
        ContainerRules.CheckWords(faults, $"{path}/command", change.Command);
        EnvironmentRules.Check(faults, $"{path}/environment", change.Environment);
        if (change.Cpu is { } cpu)
            ResourceRules.CheckCpu(faults, $"{path}/cpu", cpu);
        if (change.Memory is { } memory)
            ResourceRules.CheckMemory(faults, $"{path}/memory", memory);
    }
}
