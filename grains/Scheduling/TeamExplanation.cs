using OrleansCluster.Grains.Teams;

namespace OrleansCluster.Grains.Scheduling;

internal static class TeamExplanation
{
    /// <summary>Of a task that its team's limits keep from every node alike.</summary>
    /// <param name="gang">How many it is placed with; 0 for a task of no gang.</param>
    public static PlacementExplanation Of(TeamShortfall shortfall, int gang)
    {
        var what = gang > 0 ? $"its gang of {gang} as a whole: {shortfall}" : $"{shortfall}";
        return new PlacementExplanation
        {
            Nodes = 0,
            Feasible = 0,
            Shortfalls = [],
            WaitingCanHelp = shortfall.WaitingCanHelp,
            Summary = shortfall.WaitingCanHelp ? $"{what}; waiting can help" : $"{what}; waiting will not help: it is more than the team may ever use",
        };
    }
}
