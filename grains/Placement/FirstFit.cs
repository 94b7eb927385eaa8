using System.Collections.Immutable;
using System.Numerics;

namespace OrleansCluster.Placement;

/// <summary>The first node that fits, from a place on and round to it; -1 where none does.</summary>
internal static class FirstFit
{
    public static int Find(ClusterArrays arrays, Resources wanted, ImmutableArray<HostPort> ports, ulong seed)
    {
        if (arrays.Count == 0)
            return -1;
        var start = (int)(seed % (ulong)arrays.Count);
        var node = FirstOf(arrays, wanted, ports, start, arrays.Count);
        return node >= 0 ? node : FirstOf(arrays, wanted, ports, 0, start);
    }

    private static int FirstOf(ClusterArrays arrays, Resources wanted, ImmutableArray<HostPort> ports, int from, int to)
    {
        for (var node = Next(arrays, wanted, from, to); node >= 0; node = Next(arrays, wanted, node + 1, to))
        {
            if (ports.IsEmpty || arrays.Check(node, wanted, ports) is null)
                return node;
        }

        return -1;
    }

    /// <summary>By resources and status alone.</summary>
    private static int Next(ClusterArrays arrays, Resources wanted, int from, int to)
    {
        var cpu = arrays.FreeCpu;
        var memory = arrays.FreeMemory;
        var disk = arrays.FreeDisk;
        var scores = arrays.Scores;
        var lanes = Vector<int>.Count;
        var (wantedCpu, wantedMemory, wantedDisk) = (new Vector<int>(wanted.Cpu), new Vector<int>(wanted.Memory), new Vector<int>(wanted.Disk));
        var closed = new Vector<int>(ClusterArrays.Closed);
        var i = from;

        // Written out as in BestFit: one scan for both was measured to decide a fifth more slowly.
        for (; i <= to - lanes; i += lanes)
        {
            var fits = Vector.GreaterThanOrEqual(new Vector<int>(cpu[i..]), wantedCpu)
                & Vector.GreaterThanOrEqual(new Vector<int>(memory[i..]), wantedMemory)
                & Vector.GreaterThanOrEqual(new Vector<int>(disk[i..]), wantedDisk)
                & Vector.LessThan(new Vector<int>(scores[i..]), closed);
            if (fits != Vector<int>.Zero)
                break;
        }

        for (; i < to; i++)
        {
            if (cpu[i] >= wanted.Cpu && memory[i] >= wanted.Memory && disk[i] >= wanted.Disk && scores[i] != ClusterArrays.Closed)
                return i;
        }

        return -1;
    }
}
