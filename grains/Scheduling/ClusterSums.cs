using OrleansCluster.Grains.Teams;
using OrleansCluster.Placement;

namespace OrleansCluster.Grains.Scheduling;

/// <summary>What the nodes that take claims have together, and what of it is left.</summary>
internal readonly record struct ClusterSums(ResourceTotals Capacity, ResourceTotals Free)
{
    public static ClusterSums Of(ClusterArrays arrays)
    {
        var (capacity, free) = (ResourceTotals.Zero, ResourceTotals.Zero);
        for (var node = 0; node < arrays.Count; node++)
        {
            if (arrays.StatusOf(node) != NodeStatus.Active)
                continue;
            var room = arrays.RoomOf(node);
            capacity += TeamAmounts.Of(arrays.CapacityOf(node), room?.TotalGpu ?? 0);
            free += TeamAmounts.Of(arrays.FreeOf(node), room?.FreeGpu ?? 0);
        }

        return new ClusterSums(capacity, free);
    }
}
