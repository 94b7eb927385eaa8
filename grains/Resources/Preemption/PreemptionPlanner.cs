using System.Collections.Immutable;
using OrleansCluster.Placement;

namespace OrleansCluster.Grains.ResourceManagement.Preemption;

/// <summary>
/// Finds who would have to leave for tasks that fit nowhere. Pure, over the committer's state: it alone has all claims, and copies of them would make every
/// scheduler's snapshot many times as large for what is asked seldom.
/// </summary>
internal sealed class PreemptionPlanner(ClusterState state, VictimCosts costs)
{
    /// <summary>Nodes that are looked at claim by claim for one task: those where the least would have to leave, by their sums.</summary>
    public const int MostNodes = 256;

    private readonly HypotheticalTeams _teams = new(state.Teams.Book);
    private readonly Dictionary<string, HypotheticalNode> _nodes = new(StringComparer.Ordinal);

    /// <summary>Whether there is anybody who may have to leave for one of them, by the sums of nodes alone.</summary>
    public static bool CanAnyLeave(ClusterState state, ImmutableArray<PlacementRequest> requests)
    {
        if (requests.IsEmpty || state.Teams.Book.HasLimits)
            return !requests.IsEmpty;
        var highest = requests.Max(request => PriorityBands.Of(request.Priority));
        return state.Nodes.Any(node => node.ClaimedBelow(highest) != Resources.Zero);
    }

    /// <param name="underWay">For whom others are leaving already: they are gone here, and those have their places.</param>
    /// <returns>One plan for each request that can be helped, in their order.</returns>
    public static ImmutableArray<PreemptionPlan> Plan(
        ClusterState state, ImmutableArray<PlacementRequest> requests, ImmutableArray<PreemptionUnderWay> underWay, VictimCosts costs)
    {
        var planner = new PreemptionPlanner(state, costs);
        foreach (var (request, plan) in underWay)
            planner.Assume(request, plan);
        ImmutableArray<PreemptionPlan> plans = [.. requests.Select(planner.Plan).OfType<PreemptionPlan>()];
        planner._teams.Undo();
        return plans;
    }

    private void Assume(PlacementRequest request, PreemptionPlan plan)
    {
        if (NodeOf(plan.Node) is not { } node)
            return;
        foreach (var victim in plan.Victims)
        {
            if (state.FindClaim(Claim.IdOf(victim.TaskId, victim.Attempt)) is { } claim && claim.Claim.Node == plan.Node)
                node.Remove(claim.Claim);
        }

        if (state.FindClaim(Claim.IdOf(request.TaskId, request.Attempt)) is null && node.Check(request, state.Constraints) is null)
            node.Take(request);
    }

    private PreemptionPlan? Plan(PlacementRequest request)
    {
        VictimChoice? best = null;
        var isGuaranteed = _teams.IsGuaranteed(request);
        var band = PriorityBands.Of(request.Priority);
        foreach (var entry in Candidates(request, isGuaranteed && PriorityBands.MayBorrow(band) ? PriorityBand.Production : band))
        {
            var node = NodeOf(entry.Row.Node)!;
            var choice = VictimChoice.On(node, claim => _teams.MayTake(request, isGuaranteed, claim), () => node.Check(request, state.Constraints) is null, costs);
            if (choice?.IsBetterThan(best) == true)
                best = choice;
            if (choice is { Victims.IsEmpty: true })
                break;
        }

        if (best is null)
            return null;
        foreach (var victim in best.Victims)
            best.Node.Remove(victim);
        best.Node.Take(request);
        return new PreemptionPlan
        {
            TaskId = request.TaskId,
            Node = best.Node.Name,
            Victims =
            [
                .. best.Victims.Select(victim => new PreemptionVictim
                {
                    TaskId = victim.TaskId,
                    Attempt = victim.Attempt,
                    Team = victim.Team,
                    Priority = victim.Priority,
                    Since = victim.ClaimedAt,
                }),
            ],
        };
    }

    /// <summary>By sums alone: where it could fit if all left that may have to; those that are short of least.</summary>
    /// <param name="below">Tasks of the bands below this one may have to.</param>
    private IEnumerable<NodeEntry> Candidates(PlacementRequest request, PriorityBand below) => state.Nodes
        .Where(entry => entry.Row.Status == NodeStatus.Active
            && Feasibility.CheckResources(entry.Row.Capacity, entry.Row.Claimed - entry.ClaimedBelow(below), request.Resources) is null)
        .OrderBy(entry => Backfill.Missing(entry.Row.Capacity - entry.Row.Claimed, request.Resources, entry.Row.Capacity))
        .ThenBy(entry => entry.Row.Node, StringComparer.Ordinal)
        .Take(MostNodes);

    private HypotheticalNode? NodeOf(string name)
    {
        if (!_nodes.TryGetValue(name, out var node) && state.FindNode(name) is { } entry)
            _nodes.Add(name, node = new HypotheticalNode(entry, _teams));
        return node;
    }
}
