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
        var isSettled = new bool[edges.Length];
        while (true)
        {
            Settle(edges, isSettled);
            var first = Array.IndexOf(isSettled, false);
            if (first < 0)
                return cycles.ToImmutable();

            var cycle = Walk(edges, isSettled, first);
            cycles.Add(cycle);
            foreach (var node in cycle)
                isSettled[node] = true;
        }
    }

    /// <summary><c>a → b → a</c>; a long one is cut in the middle.</summary>
    public static string Spell(ImmutableArray<int> cycle, Func<int, string> nameOf)
    {
        var names = cycle.Take(LongestSpelled).Select(nameOf);
        if (cycle.Length > LongestSpelled)
            names = names.Append($"… {cycle.Length - LongestSpelled} more …");
        return string.Join(" → ", names.Append(nameOf(cycle[0])));
    }

    /// <summary>Marks every node all of whose dependencies are settled: it is on no circle of unsettled nodes.</summary>
    private static void Settle(int[][] edges, bool[] isSettled)
    {
        var hasMoved = true;
        while (hasMoved)
        {
            hasMoved = false;
            for (var node = 0; node < edges.Length; node++)
            {
                if (isSettled[node] || !Array.TrueForAll(edges[node], next => isSettled[next]))
                    continue;
                isSettled[node] = true;
                hasMoved = true;
            }
        }
    }

    /// <summary>Every unsettled node depends on one, so walking on must come back to where it has been.</summary>
    private static ImmutableArray<int> Walk(int[][] edges, bool[] isSettled, int first)
    {
        var path = new List<int>();
        var node = first;
        while (!path.Contains(node))
        {
            path.Add(node);
            node = Array.Find(edges[node], next => !isSettled[next]);
        }

        var cycle = path[path.IndexOf(node)..];
        var lowest = cycle.IndexOf(cycle.Min());
        return [.. cycle[lowest..], .. cycle[..lowest]];
    }
}
