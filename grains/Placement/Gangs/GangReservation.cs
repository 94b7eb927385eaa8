using OrleansCluster.Placement.Constraints;

namespace OrleansCluster.Placement.Gangs;

/// <summary>
/// The nodes that are kept for a gang that goes first and finds no room: for its complete need, since room for all of it never comes together behind others
/// that take each place as it comes free. No more nodes than it has tasks.
/// </summary>
internal static class GangReservation
{
    /// <summary>Those on which some fit by now, and beside them those on which the least has to end. None where all fit, or will not whatever ends.</summary>
    public static IReadOnlyCollection<int> NodesFor(ClusterArrays arrays, PlacementRequest request)
    {
        var rules = PlacementRules.Of(request.Group, request.Constraints, arrays.Nodes.Constraints);
        var kept = new SortedSet<int>();
        var places = new PriorityQueue<(int Node, int Tasks), (double Missing, int Node)>();
        var missing = request.GangSize;
        for (var node = 0; node < arrays.Count; node++)
        {
            var obstacle = arrays.Check(node, request, rules);
            if (obstacle is not (null or { Obstacle: Obstacle.Cpu or Obstacle.Memory or Obstacle.Disk or Obstacle.Gpu or Obstacle.Amount }))
                continue;
            var now = obstacle is null ? GangRoom.Now(arrays, node, request) : 0;
            missing -= now;
            if (now > 0)
                kept.Add(node);
            Wait(node, now + 1);
        }

        if (missing <= 0)
            return [];
        while (missing > 0 && places.TryDequeue(out var place, out _))
        {
            kept.Add(place.Node);
            missing--;
            Wait(place.Node, place.Tasks + 1);
        }

        return missing > 0 ? [] : kept;

        void Wait(int node, int tasks)
        {
            if (tasks <= GangRoom.OnEmpty(arrays, node, request))
                places.Enqueue((node, tasks), (Backfill.Missing(arrays, node, request, tasks), node));
        }
    }
}
