using System.Collections.Immutable;

namespace OrleansCluster.Placement.Gangs;

/// <summary>The requests of one gang, which follow one another in a batch.</summary>
public static class GangRun
{
    /// <summary>Where the requests behind the gang of the one at <paramref name="start"/> begin; for one of no gang that is the next.</summary>
    public static int EndOf(ImmutableArray<PlacementRequest> requests, int start)
    {
        var end = start + 1;
        if (requests[start].Gang is not { } gang)
            return end;
        while (end < requests.Length && requests[end].Gang == gang)
            end++;
        return end;
    }

    /// <summary>So many of the requests, and the rest of the gang that would be cut.</summary>
    public static int Align(ImmutableArray<PlacementRequest> requests, int count) => count == 0 || count >= requests.Length ? count : EndOf(requests, count - 1);
}
