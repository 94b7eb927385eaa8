using System.Numerics;

namespace OrleansCluster.Placement;

/// <summary>
/// Passes over all nodes that leave fewer of them each time. A candidate is -1 in a mask, anything else 0; of two candidates the smaller key is better.
/// </summary>
internal static class ChainScan
{
    private const int None = ClusterArrays.Closed;

    /// <summary>The smallest score of the allowed nodes that have so much free; <see cref="ClusterArrays.Closed"/> where there are none.</summary>
    public static int LeastScore(ClusterArrays arrays, Resources wanted, ReadOnlySpan<int> allowed, ReadOnlySpan<int> scores)
    {
        var cpu = arrays.FreeCpu;
        var memory = arrays.FreeMemory;
        var disk = arrays.FreeDisk;
        var lanes = Vector<int>.Count;
        var (wantedCpu, wantedMemory, wantedDisk) = (new Vector<int>(wanted.Cpu), new Vector<int>(wanted.Memory), new Vector<int>(wanted.Disk));
        var none = new Vector<int>(None);
        var smallest = none;
        var i = 0;
        for (; i <= scores.Length - lanes; i += lanes)
        {
            var fits = Vector.GreaterThanOrEqual(new Vector<int>(cpu[i..]), wantedCpu)
                & Vector.GreaterThanOrEqual(new Vector<int>(memory[i..]), wantedMemory)
                & Vector.GreaterThanOrEqual(new Vector<int>(disk[i..]), wantedDisk)
                & new Vector<int>(allowed[i..]);
            smallest = Vector.Min(smallest, Vector.ConditionalSelect(fits, new Vector<int>(scores[i..]), none));
        }

        var best = Least(smallest);
        for (; i < scores.Length; i++)
        {
            if (cpu[i] >= wanted.Cpu && memory[i] >= wanted.Memory && disk[i] >= wanted.Disk && allowed[i] != 0)
                best = Math.Min(best, scores[i]);
        }

        return best;
    }

    /// <summary>The first allowed node of that score which has so much free, from a place on and round to it.</summary>
    public static int FirstOf(ClusterArrays arrays, Resources wanted, ReadOnlySpan<int> allowed, ReadOnlySpan<int> scores, int score, int start)
    {
        var node = FirstOf(arrays, wanted, allowed, scores, score, start, allowed.Length);
        return node >= 0 ? node : FirstOf(arrays, wanted, allowed, scores, score, 0, start);
    }

    /// <summary>Makes candidates of the allowed nodes that have so much free and take claims.</summary>
    /// <returns>The smallest key among them.</returns>
    public static int Begin(ClusterArrays arrays, Resources wanted, ReadOnlySpan<int> allowed, ReadOnlySpan<int> keys, Span<int> candidates)
    {
        var cpu = arrays.FreeCpu;
        var memory = arrays.FreeMemory;
        var disk = arrays.FreeDisk;
        var scores = arrays.Scores;
        var lanes = Vector<int>.Count;
        var (wantedCpu, wantedMemory, wantedDisk) = (new Vector<int>(wanted.Cpu), new Vector<int>(wanted.Memory), new Vector<int>(wanted.Disk));
        var (closed, none) = (new Vector<int>(ClusterArrays.Closed), new Vector<int>(None));
        var smallest = none;
        var i = 0;
        for (; i <= candidates.Length - lanes; i += lanes)
        {
            var fits = Vector.GreaterThanOrEqual(new Vector<int>(cpu[i..]), wantedCpu)
                & Vector.GreaterThanOrEqual(new Vector<int>(memory[i..]), wantedMemory)
                & Vector.GreaterThanOrEqual(new Vector<int>(disk[i..]), wantedDisk)
                & Vector.LessThan(new Vector<int>(scores[i..]), closed)
                & new Vector<int>(allowed[i..]);
            fits.CopyTo(candidates[i..]);
            smallest = Vector.Min(smallest, Vector.ConditionalSelect(fits, new Vector<int>(keys[i..]), none));
        }

        var best = Least(smallest);
        for (; i < candidates.Length; i++)
        {
            var fits = cpu[i] >= wanted.Cpu && memory[i] >= wanted.Memory && disk[i] >= wanted.Disk && scores[i] != ClusterArrays.Closed;
            candidates[i] = fits ? allowed[i] : 0;
            if (candidates[i] != 0)
                best = Math.Min(best, keys[i]);
        }

        return best;
    }

    /// <summary>Leaves those candidates that have a key.</summary>
    /// <returns>The smallest of their next keys.</returns>
    public static int Narrow(Span<int> candidates, ReadOnlySpan<int> keys, int key, ReadOnlySpan<int> next)
    {
        var lanes = Vector<int>.Count;
        var (wanted, none) = (new Vector<int>(key), new Vector<int>(None));
        var smallest = none;
        var i = 0;
        for (; i <= candidates.Length - lanes; i += lanes)
        {
            var left = new Vector<int>(candidates[i..]) & Vector.Equals(new Vector<int>(keys[i..]), wanted);
            left.CopyTo(candidates[i..]);
            smallest = Vector.Min(smallest, Vector.ConditionalSelect(left, new Vector<int>(next[i..]), none));
        }

        var best = Least(smallest);
        for (; i < candidates.Length; i++)
        {
            candidates[i] = keys[i] == key ? candidates[i] : 0;
            if (candidates[i] != 0)
                best = Math.Min(best, next[i]);
        }

        return best;
    }

    /// <summary>The first candidate of that key, from a place on and round to it; -1 where there is none.</summary>
    public static int FirstOf(ReadOnlySpan<int> candidates, ReadOnlySpan<int> keys, int key, int start)
    {
        var node = FirstOf(candidates, keys, key, start, candidates.Length);
        return node >= 0 ? node : FirstOf(candidates, keys, key, 0, start);
    }

    /// <summary>One of the candidates of that key, all alike; -1 where there is none.</summary>
    public static int AnyOf(ReadOnlySpan<int> candidates, ReadOnlySpan<int> keys, int key, ulong seed)
    {
        var count = 0;
        for (var i = 0; i < candidates.Length; i++)
            count += candidates[i] != 0 && keys[i] == key ? 1 : 0;
        if (count == 0)
            return -1;

        var left = (int)(seed % (ulong)count);
        for (var i = 0; ; i++)
        {
            if (candidates[i] != 0 && keys[i] == key && left-- == 0)
                return i;
        }
    }

    // The last keys are scores: most nodes of that very score are candidates, too.
    private static int FirstOf(ReadOnlySpan<int> candidates, ReadOnlySpan<int> keys, int key, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            var next = keys[i..to].IndexOf(key);
            if (next < 0)
                return -1;
            i += next;
            if (candidates[i] != 0)
                return i;
        }

        return -1;
    }

    private static int FirstOf(
        ClusterArrays arrays, Resources wanted, ReadOnlySpan<int> allowed, ReadOnlySpan<int> scores, int score, int from, int to)
    {
        var cpu = arrays.FreeCpu;
        var memory = arrays.FreeMemory;
        var disk = arrays.FreeDisk;
        for (var i = from; i < to; i++)
        {
            var next = scores[i..to].IndexOf(score);
            if (next < 0)
                return -1;
            i += next;
            if (cpu[i] >= wanted.Cpu && memory[i] >= wanted.Memory && disk[i] >= wanted.Disk && allowed[i] != 0)
                return i;
        }

        return -1;
    }

    public static int Least(Vector<int> values)
    {
        var least = None;
        for (var lane = 0; lane < Vector<int>.Count; lane++)
            least = Math.Min(least, values[lane]);
        return least;
    }
}
