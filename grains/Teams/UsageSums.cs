using System.Collections.Immutable;

namespace OrleansCluster.Grains.Teams;

internal static class UsageSums
{
    /// <summary>One for each hour and team, in this order.</summary>
    public static ImmutableArray<TeamUsage> Of(IEnumerable<TeamUsage> parts) =>
    [
        .. parts.GroupBy(part => (part.Hour, part.Team))
            .OrderBy(group => group.Key.Hour).ThenBy(group => group.Key.Team, StringComparer.Ordinal)
            .Select(group => group.Aggregate(Add)),
    ];

    private static TeamUsage Add(TeamUsage a, TeamUsage b) => a with
    {
        CoreSeconds = a.CoreSeconds + b.CoreSeconds,
        MemoryMibSeconds = a.MemoryMibSeconds + b.MemoryMibSeconds,
        DiskMibSeconds = a.DiskMibSeconds + b.DiskMibSeconds,
        GpuThousandthSeconds = a.GpuThousandthSeconds + b.GpuThousandthSeconds,
        ClaimSeconds = a.ClaimSeconds + b.ClaimSeconds,
    };
}
