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
        var scan = new FitScan(arrays, wanted);
        var scores = arrays.Scores;
        var lanes = Vector<int>.Count;
        var closed = new Vector<int>(int.MaxValue);
        var i = from;
        for (; i <= to - lanes; i += lanes)
        {
            if ((scan.Some(i) & Vector.LessThan(new Vector<int>(scores[i..]), closed)) != Vector<int>.Zero)
                break;
        }

        for (; i < to; i++)
        {
            if (scan.One(i) && scores[i] != int.MaxValue)
                return i;
        }

        return -1;
    }
}
