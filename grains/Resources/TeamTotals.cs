using System.Collections.Immutable;
using OrleansCluster.Grains.Teams;

namespace OrleansCluster.Grains.ResourceManagement;

/// <summary>What is durable of a cluster's teams, for gauges, which read it beside the grain's turns.</summary>
internal sealed class TeamTotals(ImmutableArray<TeamSnapshot> teams, StatusTotals active)
{
    public ImmutableArray<TeamSnapshot> Teams { get; } = teams;

    /// <summary>Of CPU, memory and disk; reckoned when it is asked for.</summary>
    public IEnumerable<(string Name, double Share)> ToShares()
    {
        var book = new TeamBook();
        foreach (var team in Teams)
            book.Apply(team);
        var capacity = new ResourceTotals(active.CpuCapacity, active.MemoryCapacity, active.DiskCapacity, 0);
        return book.Accounts.Select(team => (team.Name, FairShare.DominantShare(team.Sum, capacity, out _)));
    }
}
