namespace OrleansCluster.Silo.Entry;

/// <summary>
/// Of two that are drawn, the one with less under way: nearly as even as asking all of them, and requests that come at the same moment do not all go to the same
/// one. Pure.
/// </summary>
internal static class DestinationChoice
{
    private const int UpperHalf = 32;

    /// <returns>An index; -1 where each has been tried.</returns>
    public static int Choose(ReadOnlySpan<Candidate> candidates, ulong draw)
    {
        var fresh = Count(candidates, avoidedToo: false);
        var isLastResort = fresh == 0;
        var count = isLastResort ? Count(candidates, avoidedToo: true) : fresh;
        if (count == 0)
            return -1;
        var first = (int)((uint)draw % (uint)count);
        if (count == 1)
            return IndexOf(candidates, first, isLastResort);
        var second = (int)((uint)(draw >> UpperHalf) % (uint)(count - 1));
        var one = IndexOf(candidates, first, isLastResort);
        var other = IndexOf(candidates, second < first ? second : second + 1, isLastResort);
        return candidates[other].UnderWay < candidates[one].UnderWay ? other : one;
    }

    /// <summary>SplitMix64: successive numbers make draws that look like chance.</summary>
    public static ulong Draw(ulong number)
    {
        var mixed = number * 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    private static bool IsIn(Candidate candidate, bool avoidedToo) => !candidate.IsTried && (avoidedToo || !candidate.IsAvoided);

    private static int Count(ReadOnlySpan<Candidate> candidates, bool avoidedToo)
    {
        var count = 0;
        foreach (var candidate in candidates)
            count += IsIn(candidate, avoidedToo) ? 1 : 0;
        return count;
    }

    private static int IndexOf(ReadOnlySpan<Candidate> candidates, int rank, bool avoidedToo)
    {
        for (var i = 0; ; i++)
        {
            if (IsIn(candidates[i], avoidedToo) && rank-- == 0)
                return i;
        }
    }
}
