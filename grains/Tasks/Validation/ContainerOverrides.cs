using System.Collections.Immutable;

namespace OrleansCluster.Grains.Tasks.Validation;

/// <summary>A definition as a task's overrides change it.</summary>
internal static class ContainerOverrides
{
    /// <summary>The definition's containers, changed. Overrides of containers that it does not have change nothing; of two for one the last counts. Both are faults.</summary>
    public static ImmutableArray<ContainerSpec> Apply(TaskDefinition definition, ImmutableArray<ContainerOverride> overrides)
    {
        var changes = new Dictionary<string, ContainerOverride>(StringComparer.Ordinal);
        foreach (var change in overrides.IsDefault ? [] : overrides)
        {
            if (change?.Name is { } name)
                changes[name] = change;
        }

        return [.. definition.Containers.Select(container => changes.TryGetValue(container.Name, out var change) ? Apply(container, change) : container)];
    }

    private static ContainerSpec Apply(ContainerSpec container, ContainerOverride change) => container with
    {
        Command = change.Command.IsDefaultOrEmpty ? container.Command : change.Command,
        Environment = change.Environment is null ? container.Environment : container.Environment.SetItems(change.Environment),
        Resources = container.Resources with { Cpu = change.Cpu ?? container.Resources.Cpu, Memory = change.Memory ?? container.Resources.Memory },
    };
}
