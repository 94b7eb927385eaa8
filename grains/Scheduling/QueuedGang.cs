using System.Collections.Immutable;
using OrleansCluster.Grains.Teams;

namespace OrleansCluster.Grains.Scheduling;

/// <summary>A gang in the queue: one entry in its team's lane, and as many attempts in a batch as it has left.</summary>
/// <param name="Leader">
/// Stands for all of them in the order of the queue: with the place of the one that was queued last, and not before the last of them may go.
/// </param>
/// <param name="Members">They all stay off the nodes on which one of them has failed twice.</param>
internal sealed record QueuedGang(PlacementRequest Leader, ImmutableArray<PlacementRequest> Members)
{
    public int Attempt => Leader.Attempt;

    /// <summary>Of all of them together.</summary>
    public ResourceTotals Amounts { get; } = Members.Aggregate(ResourceTotals.Zero, (sum, member) => sum + TeamAmounts.Of(member));

    /// <summary>Null where they are a part of a gang, or are not at one attempt.</summary>
    public static QueuedGang? Of(ImmutableArray<PlacementRequest> requests)
    {
        var first = requests[0];
        if (requests.Length != first.GangSize || requests.Any(request => request.Attempt != first.Attempt))
            return null;
        ImmutableArray<string> avoided = [.. requests.SelectMany(request => request.Avoided).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        ImmutableArray<PlacementRequest> members = avoided.IsEmpty ? requests : [.. requests.Select(request => request with { Avoided = avoided })];
        return new QueuedGang(members[0] with { NotBefore = requests.Max(request => request.NotBefore), QueuedAt = requests.Max(request => request.QueuedAt) }, members);
    }
}
