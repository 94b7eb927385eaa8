namespace OrleansCluster.Silo.Agent.Supervision;

/// <summary>Walks the <c>dependsOn</c> edges of a definition, which was checked for cycles when it was registered.</summary>
internal static class DependencyGraph
{
    /// <summary>The names of all that <paramref name="spec"/> depends on, directly or not.</summary>
    public static IEnumerable<string> AllBelow(TaskDefinition definition, ContainerSpec spec)
    {
        var seen = new HashSet<string>();
        var rest = new Stack<ContainerSpec>([spec]);
        while (rest.TryPop(out var next))
        {
            foreach (var dependency in next.DependsOn)
            {
                if (seen.Add(dependency.Container))
                    rest.Push(definition.Containers.First(other => other.Name == dependency.Container));
            }
        }

        return seen;
    }
}
