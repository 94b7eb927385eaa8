using System.Collections.Immutable;

namespace OrleansCluster.Grains.Tasks.Validation;

/// <summary>Finds circles in a graph of dependencies.</summary>
internal static class DependencyCycles
{
    private const int LongestSpelled = 12;

    /// <summary>
    /// Circles that share no node, each beginning with its lowest index and going from a node to one it depends on. Not every circle there is (there
    /// may be exponentially many), but enough that breaking all of them and asking again comes to an end.
    /// </summary>
    /// <param name="edges">For each node, the nodes it depends on.</param>
    public static ImmutableArray<ImmutableArray<int>> Find(int[][] edges)
    {
        var cycles = ImmutableArray.CreateBuilder<ImmutableArray<int>>();
        var unsettled = new UnsettledNodes(edges);
        for (var first = 0; first < edges.Length; first++)
        {
            while (unsettled.Contains(first))
            {
                var cycle = Walk(edges, unsettled, first);
                cycles.Add(cycle);
                unsettled.Settle(cycle);
            }
        }

        return cycles.ToImmutable();
    }

    /// <summary><c>a → b → a</c>; a long one is cut in the middle.</summary>
    public static string Spell(ImmutableArray<int> cycle, Func<int, string> nameOf)
    {
        var names = cycle.Take(LongestSpelled).Select(nameOf);
        if (cycle.Length > LongestSpelled)
            names = names.Append($"… {cycle.Length - LongestSpelled} more …");
        return string.Join(" → ", names.Append(nameOf(cycle[0])));
    }

    /// <summary>Every unsettled node depends on one, so walking on must come back to where it has been.</summary>
    private static ImmutableArray<int> Walk(int[][] edges, UnsettledNodes unsettled, int first)
    {
        var (path, places) = (new List<int>(), new Dictionary<int, int>());
        var node = first;
        while (places.TryAdd(node, path.Count))
        {
            path.Add(node);
            node = Array.Find(edges[node], unsettled.Contains);
        }

        var cycle = path[places[node]..];
        var lowest = cycle.IndexOf(cycle.Min());
        return [.. cycle[lowest..], .. cycle[..lowest]];
    }
}
