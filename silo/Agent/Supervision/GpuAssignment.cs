using System.Collections.Immutable;

namespace OrleansCluster.Silo.Agent.Supervision;

/// <summary>Which of its task's devices a container gets.</summary>
internal static class GpuAssignment
{
    /// <summary>Containers get theirs in the order of the definition, each as many as it asks for.</summary>
    public static ImmutableArray<GpuShare> Of(Claim claim, TaskDefinition definition, ContainerSpec container)
    {
        if (container.Gpu is not { } gpu || claim.Extras is not { } extras)
            return [];
        var before = definition.Containers.TakeWhile(other => other.Name != container.Name).Sum(CountOf);
        return [.. extras.Gpus.Skip(before).Take(CountOf(container))];
    }

    private static int CountOf(ContainerSpec container) => container.Gpu switch
    {
        null => 0,
        { Count: { } count } => count,
        _ => 1,
    };
}
