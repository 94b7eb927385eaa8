using OrleansCluster.Placement;

namespace OrleansCluster.Benchmarks.Place;

/// <summary>The floor: the same exact decision in the loop that one would write first, over arrays of the same numbers.</summary>
internal sealed class ScalarLoop
{
    private readonly int[] _cpu;
    private readonly int[] _memory;
    private readonly int[] _disk;
    private readonly int[] _scores;
    private readonly Resources _largest;

    public ScalarLoop(ClusterArrays cluster)
    {
        var all = Enumerable.Range(0, cluster.Count).ToArray();
        _cpu = [.. all.Select(n => cluster.FreeOf(n).Cpu)];
        _memory = [.. all.Select(n => cluster.FreeOf(n).Memory)];
        _disk = [.. all.Select(n => cluster.FreeOf(n).Disk)];
        _largest = new Resources(all.Max(n => cluster.CapacityOf(n).Cpu), all.Max(n => cluster.CapacityOf(n).Memory), all.Max(n => cluster.CapacityOf(n).Disk));
        _scores = new int[all.Length];
        foreach (var node in all)
            Score(node);
    }

    private ScalarLoop(ScalarLoop other) =>
        (_cpu, _memory, _disk, _scores, _largest) = ([.. other._cpu], [.. other._memory], [.. other._disk], [.. other._scores], other._largest);

    public ScalarLoop Copy() => new(this);

    /// <summary>-1 where nothing fits.</summary>
    public int Place(Resources wanted, int start)
    {
        var best = Better(wanted, -1, start, _cpu.Length);
        best = Better(wanted, best, 0, start);
        if (best >= 0)
        {
            _cpu[best] -= wanted.Cpu;
            _memory[best] -= wanted.Memory;
            _disk[best] -= wanted.Disk;
            Score(best);
        }

        return best;
    }

    private int Better(Resources wanted, int best, int from, int to)
    {
        var bestScore = best < 0 ? int.MaxValue : _scores[best];
        for (var node = from; node < to; node++)
        {
            if (_cpu[node] >= wanted.Cpu && _memory[node] >= wanted.Memory && _disk[node] >= wanted.Disk && _scores[node] < bestScore)
                (best, bestScore) = (node, _scores[node]);
        }

        return best;
    }

    private void Score(int node) =>
        _scores[node] = Share(_cpu[node], _largest.Cpu) + Share(_memory[node], _largest.Memory) + Share(_disk[node], _largest.Disk);

    private static int Share(int free, int largest) => (int)((long)free * (1 << 24) / largest);
}
