using System.Collections.Immutable;

namespace OrleansCluster.Grains.Scheduling;

/// <summary>What to place next.</summary>
/// <param name="Batch">In the order in which it is to be placed.</param>
/// <param name="First">Of those that have found no room, the one that goes first; <see langword="null"/> where none does or all of the batch goes before it.</param>
/// <param name="Before">How many of the batch go before that one.</param>
internal sealed record QueueHead(ImmutableArray<PlacementRequest> Batch, PlacementRequest? First, int Before)
{
    /// <param name="batch">In the order of urgency.</param>
    public static QueueHead InOrder(ImmutableArray<PlacementRequest> batch, PlacementRequest? first) =>
        new(batch, first, first is null ? batch.Length : batch.TakeWhile(request => PlacementQueue.Order.Compare(request, first) <= 0).Count());
}
