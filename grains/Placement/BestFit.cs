using System.Collections.Immutable;
using System.Numerics;

namespace OrleansCluster.Placement;

/// <summary>The scan for the smallest score among the nodes that fit; -1 where none does.</summary>
internal static class BestFit
{
    private const int None = ClusterArrays.Closed;

    public static int Find(ClusterArrays arrays, Resources wanted, ulong seed)
    {
        var best = SmallestScore(arrays, wanted);
        if (best == None)
            return -1;

        var start = (int)(seed % (ulong)arrays.Count);
        var node = FirstOf(arrays, wanted, best, start, arrays.Count);
        return node >= 0 ? node : FirstOf(arrays, wanted, best, 0, start);
    }

    /// <summary>Ports make it slower: one node at a time, through the shared check.</summary>
    public static int FindWithPorts(ClusterArrays arrays, Resources wanted, ImmutableArray<HostPort> ports, ulong seed)
    {
        if (arrays.Count == 0)
            return -1;

        var scores = arrays.Scores;
        var start = (int)(seed % (ulong)arrays.Count);
        var (best, bestScore) = (-1, None);
        for (var i = 0; i < scores.Length; i++)
        {
            var node = start + i < scores.Length ? start + i : start + i - scores.Length;
            if (scores[node] < bestScore && arrays.Check(node, wanted, ports) is null)
                (best, bestScore) = (node, scores[node]);
        }

        return best;
    }

    private static int SmallestScore(ClusterArrays arrays, Resources wanted)
    {
        var cpu = arrays.FreeCpu;
        var memory = arrays.FreeMemory;
        var disk = arrays.FreeDisk;
        var scores = arrays.Scores;
        var lanes = Vector<int>.Count;
        var (wantedCpu, wantedMemory, wantedDisk) = (new Vector<int>(wanted.Cpu), new Vector<int>(wanted.Memory), new Vector<int>(wanted.Disk));
        var none = new Vector<int>(None);
        var smallest = none;
        var i = 0;
        for (; i <= scores.Length - lanes; i += lanes)
        {
            var fits = Vector.GreaterThanOrEqual(new Vector<int>(cpu[i..]), wantedCpu)
                & Vector.GreaterThanOrEqual(new Vector<int>(memory[i..]), wantedMemory)
                & Vector.GreaterThanOrEqual(new Vector<int>(disk[i..]), wantedDisk);
            smallest = Vector.Min(smallest, Vector.ConditionalSelect(fits, new Vector<int>(scores[i..]), none));
        }

        var best = ChainScan.Least(smallest);
        for (; i < scores.Length; i++)
        {
            if (cpu[i] >= wanted.Cpu && memory[i] >= wanted.Memory && disk[i] >= wanted.Disk)
                best = Math.Min(best, scores[i]);
        }

        return best;
    }

    private static int FirstOf(ClusterArrays arrays, Resources wanted, int score, int from, int to)
    {
        var cpu = arrays.FreeCpu;
        var memory = arrays.FreeMemory;
        var disk = arrays.FreeDisk;
        var scores = arrays.Scores;
        for (var i = from; i < to;)
        {
            // IndexOf is vectorised; most nodes of that very score fit, too.
            var next = scores[i..to].IndexOf(score);
            if (next < 0)
                return -1;
            i += next;
            if (cpu[i] >= wanted.Cpu && memory[i] >= wanted.Memory && disk[i] >= wanted.Disk)
                return i;
            i++;
        }

        return -1;
    }
}
