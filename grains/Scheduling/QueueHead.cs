using System.Collections.Immutable;

namespace OrleansCluster.Grains.Scheduling;

/// <summary>What to place next.</summary>
/// <param name="Batch">In the order in which it is to be placed.</param>
/// <param name="First">Of those that have found no room, the one that goes first; <see langword="null"/> where none does or all of the batch goes before it.</param>
/// <param name="Before">How many of the batch go before that one.</param>
internal sealed record QueueHead(ImmutableArray<PlacementRequest> Batch, PlacementRequest? First, int Before)
{
    /// <param name="entries">In the order of urgency.</param>
    /// <param name="membersOf">A gang's, where an entry stands for one.</param>
    public static QueueHead InOrder(
        ImmutableArray<PlacementRequest> entries, PlacementRequest? first, Func<PlacementRequest, ImmutableArray<PlacementRequest>> membersOf)
    {
        var before = first is null ? entries : entries.TakeWhile(request => PlacementQueue.Order.Compare(request, first) <= 0);
        return new QueueHead([.. entries.SelectMany(request => membersOf(request))], first, before.Sum(request => membersOf(request).Length));
    }
}
