using System.Collections.Immutable;

namespace OrleansCluster.Grains.Tasks.Validation;

/// <summary>What holds for dependencies among the tasks of a job and among the containers of a task alike.</summary>
internal static class DependencyRules
{
    private const int LongestBadName = 30;

    /// <param name="what">What the nodes are, in words.</param>
    public static void Check(FaultList faults, ImmutableArray<DependencyNode> nodes, string what)
    {
        var indexes = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < nodes.Length; i++)
        {
            if (nodes[i].Name is { } name)
                indexes.TryAdd(name, i);
        }

        var edges = nodes.Select(node => CheckNode(faults, node, indexes, what)).ToArray();
        foreach (var cycle in DependencyCycles.Find(edges))
        {
            var (node, next) = (nodes[cycle[0]], nodes[cycle[1 % cycle.Length]]);
            var entry = node.DependsOn.First(dependency => dependency.Name == next.Name);
            faults.Add(entry.Path, $"dependencies go in a circle: {DependencyCycles.Spell(cycle, i => Spell(nodes[i].Name!))}");
        }
    }

    /// <summary>The nodes it depends on, without those that are a fault already.</summary>
    private static int[] CheckNode(FaultList faults, DependencyNode node, Dictionary<string, int> indexes, string what)
    {
        var edges = new HashSet<int>();
        foreach (var (path, name) in node.DependsOn)
        {
            if (name == node.Name)
                faults.Add(path, $"{Quoted.Of(name)} depends on itself");
            else if (!indexes.TryGetValue(name, out var index))
                faults.Add(path, $"{Quoted.Of(name)} is no {what}{Hint(faults, name, indexes)}");
            else if (!edges.Add(index))
                faults.Add(path, $"{Quoted.Of(name)} is listed twice");
        }

        return [.. edges];
    }

    /// <summary>What is a name as it is; what is none (a fault of its own) quoted, and short enough that a circle of them can still be read.</summary>
    private static string Spell(string name) =>
        name.Length <= SpecLimits.NameLength && !name.Any(char.IsControl) ? name : Quoted.Of(name[..Math.Min(name.Length, LongestBadName)]) + "…";

    private static string Hint(FaultList faults, string name, Dictionary<string, int> indexes) =>
        faults.IsFull ? "" : NearestName.Hint(name, indexes.Keys);
}
