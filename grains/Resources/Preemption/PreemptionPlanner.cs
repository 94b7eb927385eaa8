using System.Collections.Immutable;
using OrleansCluster.Placement;
using OrleansCluster.Placement.Gangs;

namespace OrleansCluster.Grains.ResourceManagement.Preemption;

/// <summary>
/// Finds who would have to leave for tasks that fit nowhere. Pure, over the committer's state: it alone has all claims, and copies of them would make every
/// scheduler's snapshot many times as large for what is asked seldom. A gang is helped whole or not at all, and leaves whole.
/// </summary>
internal sealed class PreemptionPlanner(ClusterState state, VictimCosts costs)
{
    /// <summary>Nodes that are looked at claim by claim for one task: those where the least would have to leave, by their sums.</summary>
    public const int MostNodes = 256;

    private readonly HypotheticalTeams _teams = new(state.Teams.Book);
    private readonly Dictionary<string, HypotheticalNode> _nodes = new(StringComparer.Ordinal);

    /// <summary>While a gang is helped: the nodes it has changed, as they were before. A node that is not here yet stays as it is.</summary>
    private Dictionary<string, HypotheticalNode>? _before;

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
        var plans = ImmutableArray.CreateBuilder<PreemptionPlan>();
        for (var i = 0; i < requests.Length; i = GangRun.EndOf(requests, i))
        {
            if (requests[i].Gang is not null)
                plans.AddRange(planner.PlanGang(requests[i..GangRun.EndOf(requests, i)]));
            else if (planner.Plan(requests[i]) is { } plan)
                plans.Add(plan);
        }

        planner._teams.Undo();
        return plans.ToImmutable();
    }

    /// <summary>A plan for each of them, or none: where only some can be helped, nobody leaves, and those behind find everything as it was.</summary>
    private ImmutableArray<PreemptionPlan> PlanGang(ImmutableArray<PlacementRequest> members)
    {
        if (members.Length != members[0].GangSize)
            return [];
        var mark = _teams.Mark();
        _before = new Dictionary<string, HypotheticalNode>(StringComparer.Ordinal);
        var plans = ImmutableArray.CreateBuilder<PreemptionPlan>();
        foreach (var member in members)
        {
            if (Plan(member) is not { } plan)
                break;
            plans.Add(plan);
        }

        if (plans.Count < members.Length)
        {
            _teams.GoBack(mark);
            foreach (var (name, node) in _before)
                _nodes[name] = node;
            plans.Clear();
        }

        _before = null;
        return plans.ToImmutable();
    }

    private void Assume(PlacementRequest request, PreemptionPlan plan)
    {
        if (NodeOf(plan.Node) is not { } node)
            return;
        foreach (var victim in plan.Victims)
        {
            if (state.FindClaim(Claim.IdOf(victim.TaskId, victim.Attempt)) is { } claim)
                NodeOf(claim.Claim.Node)!.Remove(claim.Claim);
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
            var choice = VictimChoice.On(node, () => GroupsOn(node), claim => _teams.MayTake(request, isGuaranteed, claim), () => node.Check(request, state.Constraints) is null);
            if (choice?.IsBetterThan(best) == true)
                best = choice;
            if (choice is { Groups.IsEmpty: true })
                break;
        }

        if (best is null)
            return null;
        foreach (var node in best.Groups.SelectMany(group => group.Members).Select(member => member.Node).Append(best.Node))
            Remember(node);
        foreach (var group in best.Groups)
            group.Remove();
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

    /// <summary>Who has claims on the node, each with all that leaves with it. What of a gang is gone already does not leave again.</summary>
    private IEnumerable<VictimGroup> GroupsOn(HypotheticalNode node)
    {
        var gangs = new HashSet<(string Gang, int Attempt)>();
        foreach (var claim in node.Claims)
        {
            if (claim.Gang is null)
                yield return new VictimGroup([(node, claim)], costs.Of(claim));
            else if (gangs.Add((claim.Gang, claim.Attempt)))
                yield return GangOf(claim);
        }
    }

    private VictimGroup GangOf(Claim claim)
    {
        ImmutableArray<(HypotheticalNode Node, Claim Claim)> members = [.. state.GangOf(claim).Select(member => (NodeOf(member.Node)!, member)).Where(member => member.Item1.Has(member.member))];
        return new VictimGroup(members, members.Aggregate(TimeSpan.Zero, (sum, member) => sum + costs.Of(member.Claim)));
    }

    private void Remember(HypotheticalNode node)
    {
        if (_before is not null && !_before.ContainsKey(node.Name))
            _before.Add(node.Name, node.Copy());
    }

    private HypotheticalNode? NodeOf(string name)
    {
        if (!_nodes.TryGetValue(name, out var node) && state.FindNode(name) is { } entry)
            _nodes.Add(name, node = new HypotheticalNode(entry, _teams));
        return node;
    }
}
