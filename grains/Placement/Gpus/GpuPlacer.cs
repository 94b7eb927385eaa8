namespace OrleansCluster.Placement.Gpus;

/// <summary>
/// Chooses nodes and devices for tasks that come one after another, exactly: every node is looked at for every task. Nodes that are equally good are
/// filled in the order of their indexes, so that whole ones stay free. Allocates nothing for a decision but what <see cref="GpuStrategy.Fgd"/> remembers
/// of a new shape of task. Not thread-safe.
/// </summary>
/// <param name="arrays">What is free; each decision takes from it.</param>
/// <param name="workload">What <see cref="GpuStrategy.Fgd"/> measures fragmentation by; the other strategies do not look at it.</param>
public sealed class GpuPlacer(GpuArrays arrays, GpuStrategy strategy, GpuWorkload workload)
{
    private readonly FragmentationMemo _memo = new(workload, arrays);
    private readonly int[] _nodes = new int[arrays.Count];

    /// <summary>Decides and takes.</summary>
    /// <param name="seed">All that <see cref="GpuStrategy.Random"/> goes by; another for each task. The other strategies need no chance.</param>
    public GpuDecision Decide(in GpuDemand demand, ulong seed)
    {
        var nodes = _nodes.AsSpan(0, GpuScan.FindAll(arrays, demand, _nodes));
        if (nodes.IsEmpty)
            return GpuDecision.None;

        var decision = Choose(nodes, demand, seed);
        arrays.Take(decision.Node, demand, decision.Devices);
        return decision;
    }

    private GpuDecision Choose(ReadOnlySpan<int> nodes, in GpuDemand demand, ulong seed) => strategy switch
    {
        GpuStrategy.Random => ChooseAny(nodes, demand, seed),
        GpuStrategy.BestFit => ChooseByRest(nodes, demand),
        _ => ChooseByFragmentation(nodes, demand),
    };

    private GpuDecision ChooseAny(ReadOnlySpan<int> nodes, in GpuDemand demand, ulong seed)
    {
        var chance = PlacementEngine.Mix(seed);
        var node = nodes[(int)(chance % (ulong)nodes.Length)];
        return new(node, DeviceChoice.Random(arrays.DevicesOf(node), demand, PlacementEngine.Mix(chance)));
    }

    private GpuDecision ChooseByRest(ReadOnlySpan<int> nodes, in GpuDemand demand)
    {
        var (best, bestRest) = (-1, long.MaxValue);
        foreach (var node in nodes)
        {
            var rest = GpuScore.OfRest(arrays, node);
            if (rest < bestRest)
                (best, bestRest) = (node, rest);
        }

        return new(best, DeviceChoice.BestFit(arrays.DevicesOf(best), demand));
    }

    private GpuDecision ChooseByFragmentation(ReadOnlySpan<int> nodes, in GpuDemand demand)
    {
        var entries = _memo.For(demand);
        var (best, bestScore, bestRest) = (-1, int.MinValue, long.MaxValue);
        foreach (var node in nodes)
        {
            var score = _memo.Of(entries, node, demand).Score;
            if (score < bestScore)
                continue;
            var rest = GpuScore.OfRest(arrays, node);
            if (score > bestScore || rest < bestRest)
                (best, bestScore, bestRest) = (node, score, rest);
        }

        return new(best, entries[best].Devices);
    }
}
