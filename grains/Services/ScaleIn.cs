namespace OrleansCluster.Grains.Services;

/// <summary>Which slots a service gives up.</summary>
internal static class ScaleIn
{
    /// <summary>
    /// First those in which nothing is healthy, then one after the other of the node that has most of the service's tasks; the highest slot of those that are alike. Protected ones
    /// stay, so there may be fewer than asked for.
    /// </summary>
    public static IEnumerable<int> Choose(IEnumerable<Slot> slots, int count)
    {
        // The third task of a node goes before the second of any other: that is what taking them from the fullest node one by one comes to.
        var ranked = slots.Where(slot => !slot.IsProtected)
            .GroupBy(slot => (slot.IsHealthy, Node: slot.IsHealthy ? slot.Node : null))
            .SelectMany(node => node.OrderBy(slot => slot.Number).Select((slot, rank) => (Slot: slot, Rank: node.Key.IsHealthy ? rank : 0)));
        return ranked.OrderBy(x => x.Slot.IsHealthy).ThenByDescending(x => x.Rank).ThenByDescending(x => x.Slot.Number).Take(count).Select(x => x.Slot.Number);
    }

    /// <param name="Node">Where its task is, if anywhere.</param>
    internal sealed record Slot(int Number, string? Node, bool IsHealthy, bool IsProtected);
}
