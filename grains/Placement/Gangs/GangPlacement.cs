using System.Collections.Immutable;
using OrleansCluster.Placement.Constraints;

namespace OrleansCluster.Placement.Gangs;

/// <summary>
/// Places a gang whole or not at all: all of it on a copy, and what that has found is taken only when none is left over. Its tasks want the same, so one after
/// the other finds as many places as there are.
/// </summary>
internal static class GangPlacement
{
    /// <param name="decide">Decides one request on arrays and takes what it decides.</param>
    /// <param name="members">All requests of the gang that follow one another. If they are not as many as its size says, none is placed.</param>
    public static IEnumerable<PlacementDecision> Decide(
        ClusterArrays arrays, ImmutableArray<PlacementRequest> members, Func<ClusterArrays, PlacementRequest, int, PlacementDecision> decide)
    {
        var trial = arrays.Copy();
        var decisions = ImmutableArray.CreateBuilder<PlacementDecision>(members.Length);
        while (decisions.Count < members.Length)
        {
            var decision = decide(trial, members[decisions.Count], decisions.Count);
            if (!decision.IsPlaced)
                return Unplaced(members, Explain(trial, members[0], decisions.Count));
            decisions.Add(decision);
        }

        if (members.Length != members[0].GangSize)
            return Unplaced(members, Explain(trial, members[0], members.Length));
        foreach (var decision in decisions)
            arrays.Take(decision.NodeIndex, decision.Request);
        return decisions;
    }

    /// <summary>Why the gang of a request has no nodes, or that it fits.</summary>
    public static PlacementExplanation Explain(ClusterArrays arrays, PlacementRequest request)
    {
        var trial = arrays.Copy();
        var fits = 0;
        while (fits < request.GangSize && PlacementEngine.DecideOne(trial, request, (ulong)fits).IsPlaced)
            fits++;
        return Explain(trial, request, fits);
    }

    /// <param name="trial">With as many of the gang on it as there is room for.</param>
    private static PlacementExplanation Explain(ClusterArrays trial, PlacementRequest request, int fits)
    {
        var rules = PlacementRules.Of(request.Group, request.Constraints, trial.Nodes.Constraints);
        var next = Explainer.Explain(trial, request, rules);
        if (fits >= request.GangSize)
            return next with { Feasible = Math.Max(next.Feasible, 1), WaitingCanHelp = true, Summary = $"its gang of {request.GangSize} fits" };
        var onEmpty = GangRoom.OnEmptyNodes(trial, request, rules);
        var canHelp = trial.Count == 0 || onEmpty >= request.GangSize;

        // One more of a larger gang may fit on an empty node, and not all of them together.
        var reasons = next.Summary.Contains(';', StringComparison.Ordinal) ? next.Summary[..next.Summary.LastIndexOf(';')] : next.Summary;
        var outlook = canHelp ? "waiting can help" : $"waiting will not help: even on empty nodes {(onEmpty == 0 ? "none fits" : $"only {onEmpty} fit")}";
        return next with
        {
            Feasible = 0,
            WaitingCanHelp = canHelp,
            Summary = $"its gang of {request.GangSize} {(fits == 0 ? "fits nowhere" : $"fits only {fits} at a time")}; {(fits == 0 ? "" : "for the next, ")}{reasons}; {outlook}",
        };
    }

    private static IEnumerable<PlacementDecision> Unplaced(ImmutableArray<PlacementRequest> members, PlacementExplanation explanation) =>
        members.Select(member => new PlacementDecision { Request = member, Explanation = explanation });
}
