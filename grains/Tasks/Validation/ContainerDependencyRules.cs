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
            faults.Add($"{path}/condition", $"{dependency.Condition} is no condition: expected START, COMPLETE or SUCCESS");
        else if (dependency.Condition != ContainerCondition.Start && IsEssential(dependency.Container, containers))
        {
            faults.Add(
                $"{path}/condition",
                $"{Quoted.Of(dependency.Container)} is essential, so its end would be the end of the task before this container starts: expected START, or a container with essential: false");
        }
    }

    private static bool IsEssential(string? name, ImmutableArray<Item<ContainerSpec>> containers) =>
        name is not null && containers.Any(container => container.Value.Name == name && container.Value.Essential);
}
