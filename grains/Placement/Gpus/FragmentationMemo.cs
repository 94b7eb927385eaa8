namespace OrleansCluster.Placement.Gpus;

/// <summary>
/// Remembers what each shape of task would do to each node until that node changes: a decision then costs as much as the nodes changed since the
/// shape was last placed, and not as much as there are nodes. For one <see cref="GpuArrays"/>.
/// </summary>
internal sealed class FragmentationMemo(GpuWorkload workload, GpuArrays arrays)
{
    // 16 bytes each for each node. When there are more, all are forgotten: shapes come back or they do not, and working one out again is cheap.
    private const int MostShapes = 512;

    private readonly Dictionary<GpuDemand, Entry[]> _shapes = [];

    /// <summary>By node; they are filled in by <see cref="Of"/>.</summary>
    public Entry[] For(in GpuDemand demand)
    {
        if (_shapes.TryGetValue(demand, out var entries))
            return entries;
        if (_shapes.Count == MostShapes)
            _shapes.Clear();
        entries = new Entry[arrays.Count];
        Array.Fill(entries, new Entry(-1, 0, 0));
        _shapes.Add(demand, entries);
        return entries;
    }

    /// <param name="entries">Those <see cref="For"/> that demand.</param>
    /// <param name="node">One on which it fits.</param>
    public Entry Of(Entry[] entries, int node, in GpuDemand demand)
    {
        ref var entry = ref entries[node];
        if (entry.Revision != arrays.Revisions[node])
        {
            var increase = FragmentationIncrease.Of(workload, arrays, node, demand);
            entry = new Entry(arrays.Revisions[node], GpuScore.OfIncrease(workload, increase.Amount), increase.Devices);
        }

        return entry;
    }

    /// <param name="Revision">Of the node, when this was worked out.</param>
    /// <param name="Score">As <see cref="GpuScore.OfIncrease"/> has it.</param>
    internal readonly record struct Entry(int Revision, int Score, ulong Devices);
}
