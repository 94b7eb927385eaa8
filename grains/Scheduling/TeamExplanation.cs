using OrleansCluster.Grains.Teams;

namespace OrleansCluster.Grains.Scheduling;

internal static class TeamExplanation
{
    /// <summary>Of a task that its team's limits keep from every node alike.</summary>
    public static PlacementExplanation Of(TeamShortfall shortfall) => new()
    {
        Nodes = 0,
        Feasible = 0,
        Shortfalls = [],
        WaitingCanHelp = shortfall.WaitingCanHelp,
        Summary = shortfall.WaitingCanHelp ? $"{shortfall}; waiting can help" : $"{shortfall}; waiting will not help: it is more than the team may ever use",
    };
}
