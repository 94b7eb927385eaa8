using System.Collections.Immutable;
using OrleansCluster.Grains.Storage;
using OrleansCluster.Placement;
using OrleansCluster.Placement.Constraints;
using OrleansCluster.Placement.Extras;

namespace OrleansCluster.Grains.ResourceManagement;

/// <summary>
/// Decides which claims of a transaction can be committed on the newest state. Claims of one transaction compete with one another in their
/// order, so each is checked against the state that the accepted ones before it leave.
/// </summary>
internal static class ClaimValidator
{
    public static ClaimVerdict Validate(ClusterState state, ClaimTransaction transaction) => Validate(state, transaction, claimedAt: null);

    /// <param name="claimedAt">What the claims accepted keep as the time of their commit.</param>
    public static ClaimVerdict Validate(ClusterState state, ClaimTransaction transaction, DateTimeOffset? claimedAt)
    {
        var teams = TeamCheck.Begin(state);
        var outcomes = new ClaimOutcome[transaction.Claims.Length];
        var accepted = new Dictionary<string, ClaimRow>(StringComparer.Ordinal);
        var tentative = new Dictionary<string, TentativeNode>(StringComparer.Ordinal);
        var existing = ImmutableArray.CreateBuilder<string>();
        var replaced = Replaced(state, transaction, tentative, teams);
        var isGone = replaced.Length < transaction.Replaces.Distinct().Count();
        for (var i = 0; i < outcomes.Length; i++)
        {
            var request = transaction.Claims[i];
            var id = Claim.IdOf(request.TaskId, request.Attempt);
            if (state.FindClaim(id) is { } found)
            {
                existing.Add(id);
                outcomes[i] = Committed(request, found.Claim.Node);
            }
            else if (accepted.GetValueOrDefault(id) is { } repeated)
                outcomes[i] = Committed(request, repeated.Claim.Node);
            else if (isGone)
                outcomes[i] = new ClaimOutcome { TaskId = request.TaskId, Attempt = request.Attempt, Rejection = new ClaimRejection { Reason = ClaimRejectionReason.OfferGone, RefreshTo = state.Version } };
            else if ((Check(state, tentative, transaction.Detection, request) ?? teams?.Check(request)) is { } rejection)
                outcomes[i] = new ClaimOutcome { TaskId = request.TaskId, Attempt = request.Attempt, Rejection = rejection };
            else
            {
                accepted.Add(id, Take(state, tentative[request.Node], request, transaction.Name, claimedAt));
                teams?.Take(request);
                outcomes[i] = Committed(request, request.Node);
            }
        }

        teams?.Undo();
        return transaction.Mode == CommitMode.AllOrNothing && outcomes.Any(o => !o.IsCommitted)
            ? new ClaimVerdict([.. outcomes.Select(o => RefuseWithGang(state, o))], [], existing.DrainToImmutable(), replaced)
            : new ClaimVerdict([.. outcomes], [.. accepted.Values], existing.DrainToImmutable(), replaced);
    }

    private static ClaimRejection? Check(
        ClusterState state, Dictionary<string, TentativeNode> tentative, ConflictDetection detection, ClaimRequest request)
    {
        if (state.FindNode(request.Node) is not { Row.Status: NodeStatus.Active } entry)
            return new ClaimRejection { Reason = ClaimRejectionReason.NodeUnavailable, Dimension = "node", RefreshTo = state.Version };
        if (detection == ConflictDetection.Coarse && entry.Row.ETag != request.NodeETag)
            return new ClaimRejection { Reason = ClaimRejectionReason.NodeChanged, Dimension = "etag", TakenBy = entry.TakenBy, RefreshTo = state.Version };

        var node = NodeOf(tentative, entry);
        var rules = PlacementRules.Of(request.Group, request.Constraints, state.Constraints);
        var facts = rules is null ? null : entry.ToFacts(node.Groups);
        var shortfall = Feasibility.Check(
            entry.Row.Status, entry.Row.Capacity, node.Claimed, node.Ports, node.Room, request.Resources, request.Ports, request.Extras, rules, facts);
        return shortfall is null
            ? null
            : new ClaimRejection
            {
                Reason = shortfall.Value.Obstacle is Obstacle.Constraint or Obstacle.Group ? ClaimRejectionReason.ConstraintNotMet : ClaimRejectionReason.DoesNotFit,
                Dimension = shortfall.Value.Dimension,
                Shortfall = shortfall.Value.Missing,
                TakenBy = entry.TakenBy,
                RefreshTo = state.Version,
            };
    }

    /// <summary>What is given back makes room before anything is looked at.</summary>
    private static ImmutableArray<ClaimRow> Replaced(ClusterState state, ClaimTransaction transaction, Dictionary<string, TentativeNode> tentative, TeamCheck? teams)
    {
        if (transaction.Replaces.IsDefaultOrEmpty)
            return [];
        ImmutableArray<ClaimRow> replaced = [.. transaction.Replaces.Select(release => state.FindClaim(release.ClaimId)).OfType<ClaimRow>().Where(row => row.Claim.IsOffer).DistinctBy(row => row.Id)];
        foreach (var row in replaced)
        {
            NodeOf(tentative, state.FindNode(row.Claim.Node)!).GiveBack(row.Claim);
            teams?.GiveBack(row.Claim);
        }

        return replaced;
    }

    private static TentativeNode NodeOf(Dictionary<string, TentativeNode> tentative, NodeEntry entry)
    {
        if (!tentative.TryGetValue(entry.Row.Node, out var node))
            tentative.Add(entry.Row.Node, node = new TentativeNode(entry.Row.Claimed, [.. entry.Ports], entry.Room));
        return node;
    }

    private static ClaimRow Take(ClusterState state, TentativeNode node, ClaimRequest request, string takenBy, DateTimeOffset? claimedAt)
    {
        node.Claimed += request.Resources;
        node.Ports.UnionWith(request.Ports);
        node.Groups.Add(request.Group);
        var extras = request.Extras is { } wanted ? node.Room!.Choose(wanted) : null;
        if (extras is not null)
            node.Room = node.Room!.Take(extras);
        var claim = new Claim
        {
            TaskId = request.TaskId,
            Attempt = request.Attempt,
            Node = request.Node,
            Resources = request.Resources,
            Ports = request.Ports,
            Definition = request.Definition,
            Team = request.Team,
            Group = state.GroupOf(request.Group),
            Extras = extras,
            Priority = request.Priority,
            Gang = request.Gang,
            ClaimedAt = claimedAt,
        };
        return new ClaimRow(claim, takenBy);
    }

    /// <summary>In a refused gang, what would have been committed is refused too, unless it was committed before.</summary>
    private static ClaimOutcome RefuseWithGang(ClusterState state, ClaimOutcome outcome) =>
        outcome.IsCommitted && state.FindClaim(Claim.IdOf(outcome.TaskId, outcome.Attempt)) is null
            ? outcome with { Node = null, Rejection = new ClaimRejection { Reason = ClaimRejectionReason.GangRefused, RefreshTo = state.Version } }
            : outcome;

    private static ClaimOutcome Committed(ClaimRequest request, string node) =>
        new() { TaskId = request.TaskId, Attempt = request.Attempt, Node = node };

    private sealed class TentativeNode(Resources claimed, HashSet<HostPort> ports, ExtraRoom? room)
    {
        public Resources Claimed { get; set; } = claimed;
        public HashSet<HostPort> Ports { get; } = ports;
        public ExtraRoom? Room { get; set; } = room;

        public List<string> Groups { get; } = [];

        public void GiveBack(Claim claim)
        {
            Claimed -= claim.Resources;
            Ports.ExceptWith(claim.Ports);
            if (claim.Extras is { } extras)
                Room = Room!.GiveBack(extras);
        }
    }
}
