using OrleansCluster.Placement.Constraints;
using OrleansCluster.Placement.Extras;

namespace OrleansCluster.Placement.Gangs;

/// <summary>How many tasks of a gang have room, on a node and on all nodes. They all want the same, so numbers are enough.</summary>
internal static class GangRoom
{
    /// <summary>How many of the gang would be there at a time if nothing else ran, whatever the nodes' status; not counted beyond its size.</summary>
    public static int OnEmptyNodes(ClusterArrays arrays, PlacementRequest request, PlacementRules? rules)
    {
        NodeFacts[]? facts = rules is null ? null : [.. arrays.AllFacts()];
        var sum = 0;
        for (var node = 0; node < arrays.Count && sum < request.GangSize; node++)
        {
            if (rules?.CanMatch(facts![node]) != false)
                sum += OnEmpty(arrays, node, request);
        }

        return Math.Min(sum, request.GangSize);
    }

    public static int OnEmpty(ClusterArrays arrays, int node, PlacementRequest request) =>
        Count(arrays.CapacityOf(node), ExtraRoom.Of(arrays.RoomOf(node)?.Capacity), request);

    /// <summary>On a node on which one has been found to fit.</summary>
    public static int Now(ClusterArrays arrays, int node, PlacementRequest request) => Count(arrays.FreeOf(node), arrays.RoomOf(node), request);

    private static int Count(Resources free, ExtraRoom? room, PlacementRequest request)
    {
        var most = request.Ports.IsEmpty && request.Constraints.All(constraint => constraint.Type != PlacementConstraintType.DistinctInstance) ? request.GangSize : 1;
        var wanted = request.Resources;
        most = Math.Min(Times(free.Cpu, wanted.Cpu, most), Math.Min(Times(free.Memory, wanted.Memory, most), Times(free.Disk, wanted.Disk, most)));
        if (request.Extras is not { } extras)
            return most;
        var count = 0;
        for (; count < most && ExtraRoom.Check(room, extras) is null; count++)
            room = room!.Take(room.Choose(extras));
        return count;
    }

    private static int Times(int free, int wanted, int most) => wanted <= 0 ? (free >= 0 ? most : 0) : Math.Clamp(free / wanted, 0, most);
}
