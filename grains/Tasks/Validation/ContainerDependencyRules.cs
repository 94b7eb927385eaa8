using System.Collections.Immutable;

namespace OrleansCluster.Grains.Tasks.Validation;

/// <summary>What holds for <c>dependsOn</c> among the containers of a task.</summary>
internal static class ContainerDependencyRules
{
    public static void Check(FaultList faults, ImmutableArray<Item<ContainerSpec>> containers)
    {
        var nodes = ImmutableArray.CreateBuilder<DependencyNode>();
        foreach (var (path, container) in containers)
        {
            var items = faults.Items($"{path}/dependsOn", container.DependsOn, SpecLimits.ContainersPerTask);
            foreach (var item in items)
                CheckCondition(faults, item, containers);
            nodes.Add(new DependencyNode(
                container.Name,
                [.. items.Where(item => item.Value.Container is not null).Select(item => new NamedDependency($"{item.Path}/container", item.Value.Container))]));
        }

        DependencyRules.Check(faults, nodes.ToImmutable(), "container of this task");
    }

    private static void CheckCondition(FaultList faults, Item<ContainerDependency> item, ImmutableArray<Item<ContainerSpec>> containers)
    {
        var (path, dependency) = item;
        if (dependency.Container is null)
            faults.Add($"{path}/container", "expected the name of a container, found null");
        if (!Enum.IsDefined(dependency.Condition))
            faults.Add($"{path}/condition", $"{dependency.Condition} is no condition: expected START, COMPLETE, SUCCESS or HEALTHY");
        else if (dependency.Condition == ContainerCondition.Healthy && HasNoCheck(dependency.Container, containers))
        {
            faults.Add($"{path}/condition", $"{Quoted.Of(dependency.Container)} has no healthCheck, so it would never be HEALTHY: expected START, or a container with a healthCheck");
        }
        else if (dependency.Condition is ContainerCondition.Complete or ContainerCondition.Success && IsEssential(dependency.Container, containers))
        {
            faults.Add(
                $"{path}/condition",
                $"{Quoted.Of(dependency.Container)} is essential, so its end would be the end of the task before this container starts: expected START, or a container with essential: false");
        }
    }

    /// <summary>What names no container is a fault of its own.</summary>
    private static bool HasNoCheck(string? name, ImmutableArray<Item<ContainerSpec>> containers) =>
        name is not null && containers.FirstOrDefault(container => container.Value.Name == name) is { Value: { HealthCheck: null } };

    private static bool IsEssential(string? name, ImmutableArray<Item<ContainerSpec>> containers) =>
        name is not null && containers.Any(container => container.Value.Name == name && container.Value.Essential);
}
