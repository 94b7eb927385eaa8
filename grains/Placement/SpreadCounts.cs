using System.Numerics;

namespace OrleansCluster.Placement;

/// <summary>For each node, the tasks of a group on all nodes that have the same in a field as it has.</summary>
/// <param name="values">The nodes' values as numbers; <see langword="null"/> where each node is its own value.</param>
internal sealed class SpreadCounts(int[] counts, int[]? values)
{
    public ReadOnlySpan<int> Counts => counts;

    public static SpreadCounts OfNodes(int[] tasks) => new([.. tasks], values: null);

    public static SpreadCounts OfValues(int[] tasks, int[] values, int count)
    {
        var sums = new int[count];
        for (var node = 0; node < tasks.Length; node++)
            sums[values[node]] += tasks[node];
        var counts = new int[tasks.Length];
        for (var node = 0; node < counts.Length; node++)
            counts[node] = sums[values[node]];
        return new SpreadCounts(counts, values);
    }

    public void Add(int node)
    {
        if (values is null)
        {
            counts[node]++;
            return;
        }

        var lanes = Vector<int>.Count;
        var value = new Vector<int>(values[node]);
        var i = 0;

        // Equal lanes are -1.
        for (; i <= counts.Length - lanes; i += lanes)
            (new Vector<int>(counts, i) - Vector.Equals(new Vector<int>(values, i), value)).CopyTo(counts, i);
        for (; i < counts.Length; i++)
            counts[i] += values[i] == values[node] ? 1 : 0;
    }
}
