using System.Collections.Immutable;
using OrleansCluster.Placement.Constraints;
using OrleansCluster.Placement.Extras;
using OrleansCluster.Placement.Gangs;
using OrleansCluster.Placement.Gpus;

namespace OrleansCluster.Placement;

/// <summary>
/// Decides for a queue without letting those behind delay the first: where the first that finds no room has to wait for it, the node on which it will fit
/// soonest takes nothing else meanwhile. One such node at a time, or those of one gang: how long tasks run is not known, so no promise is made to those behind the
/// first.
/// </summary>
public static class Backfill
{
    /// <summary>As <see cref="PlacementEngine.Decide(ClusterArrays, ImmutableArray{PlacementRequest}, ulong)"/>, for requests in the order of the queue.</summary>
    /// <param name="snapshot">It stays as it is.</param>
    /// <param name="first">The first of those that are not among the requests because they have found no room; <see langword="null"/> where there is none.</param>
    /// <param name="closed">Nodes on which nothing is placed now.</param>
    public static ImmutableArray<PlacementDecision> Decide(
        ClusterArrays snapshot,
        ImmutableArray<PlacementRequest> requests,
        PlacementRequest? first,
        IComparer<PlacementRequest> order,
        IReadOnlyCollection<int> closed,
        ulong seed)
    {
        var before = first is null ? requests.Length : requests.TakeWhile(request => order.Compare(request, first) <= 0).Count();
        return Decide(snapshot, requests, first, before, closed, seed);
    }

    /// <summary>As the other one, where the order is that of the requests alone.</summary>
    /// <param name="before">How many of the requests go before <paramref name="first"/>.</param>
    public static ImmutableArray<PlacementDecision> Decide(
        ClusterArrays snapshot, ImmutableArray<PlacementRequest> requests, PlacementRequest? first, int before, IReadOnlyCollection<int> closed, ulong seed)
    {
        // Those that go before the one that waits may take what it waits for; who of them finds no room is then the first.
        before = GangRun.Align(requests, before);
        var arrays = Open(snapshot, closed);
        var decisions = PlacementEngine.Decide(arrays, requests[..before], seed);
        if (FirstThatWaits(decisions) is >= 0 and var waits)
        {
            (before, first) = (GangRun.EndOf(requests, waits), requests[waits]);
            arrays = Open(snapshot, closed);
            decisions = PlacementEngine.Decide(arrays, requests[..before], seed);
        }

        if (first is null || before == requests.Length)
            return decisions;
        KeepNodeFor(arrays, first);
        return decisions.AddRange(PlacementEngine.Decide(arrays, requests[before..], seed + (ulong)before));
    }

    /// <summary>From now on nothing is placed where the request will fit soonest, if there is such a node; for a gang, where all of it will.</summary>
    public static void KeepNodeFor(ClusterArrays arrays, PlacementRequest request)
    {
        if (request.Gang is not null)
            arrays.Keep(GangReservation.NodesFor(arrays, request), request.TaskId);
        else if (NodeFor(arrays, request) is >= 0 and var node)
            arrays.Keep([node], request.TaskId);
    }

    /// <summary>
    /// The node on which the least has to end before the request fits; -1 where none will do: it fits on one already, on none even if that were empty, or what
    /// is in the way is not resources.
    /// </summary>
    public static int NodeFor(ClusterArrays arrays, PlacementRequest request)
    {
        var rules = PlacementRules.Of(request.Group, request.Constraints, arrays.Nodes.Constraints);
        var (best, least) = (-1, double.MaxValue);
        for (var node = 0; node < arrays.Count; node++)
        {
            if (arrays.Check(node, request, rules) is not { } obstacle)
                return -1;
            if (Missing(arrays, node, request, obstacle) is { } missing && missing < least)
                (best, least) = (node, missing);
        }

        return best;
    }

    /// <summary>What is wanted beyond what is free, in shares of the node's capacity, each dimension's added up.</summary>
    public static double Missing(Resources free, Resources wanted, Resources capacity)
    {
        var missing = wanted - free;
        return Share(missing.Cpu, capacity.Cpu) + Share(missing.Memory, capacity.Memory) + Share(missing.Disk, capacity.Disk);
    }

    private static ClusterArrays Open(ClusterArrays snapshot, IReadOnlyCollection<int> closed)
    {
        var arrays = snapshot.Copy();
        foreach (var node in closed)
            arrays.Close(node);
        return arrays;
    }

    private static int FirstThatWaits(ImmutableArray<PlacementDecision> decisions)
    {
        for (var i = 0; i < decisions.Length; i++)
        {
            if (decisions[i] is { IsPlaced: false, Explanation.WaitingCanHelp: true })
                return i;
        }

        return -1;
    }

    /// <summary>In shares of the node's capacity, each dimension's added up; null where more room there is no help.</summary>
    private static double? Missing(ClusterArrays arrays, int node, PlacementRequest request, Shortfall found)
    {
        var (capacity, room) = (arrays.CapacityOf(node), arrays.RoomOf(node));
        if (found.Obstacle is not (Obstacle.Cpu or Obstacle.Memory or Obstacle.Disk or Obstacle.Gpu or Obstacle.Amount)
            || Feasibility.CheckEmpty(capacity, room?.Capacity, request.Resources, request.Extras) is not null)
        {
            return null;
        }

        return Missing(arrays, node, request, tasks: 1);
    }

    /// <param name="tasks">Of a gang: how many of them are to be there; GPUs and named amounts count once.</param>
    internal static double Missing(ClusterArrays arrays, int node, PlacementRequest request, int tasks)
    {
        var share = Missing(arrays.FreeOf(node), request.Resources * tasks, arrays.CapacityOf(node));
        return request.Extras is { } extras ? share + Missing(arrays.RoomOf(node)!, extras) : share;
    }

    private static double Missing(ExtraRoom room, ExtraDemand wanted)
    {
        var missing = wanted.Amounts.Sum(amount => Share(amount.Value - room.LeftOf(amount.Key), room.Capacity.Amounts[amount.Key]));
        if (wanted.Gpu is not { } gpu)
            return missing;
        var demand = GpuDemand.Of(gpu);
        return missing + (demand.IsShared
            ? Share(demand.Thousandths - room.LargestOf(gpu), room.TotalGpu)
            : Share(demand.Devices - room.CountWith(gpu, GpuDemand.WholeDevice), room.CountWith(gpu, 0)));
    }

    private static double Share(int missing, int capacity) => missing <= 0 ? 0 : (double)missing / capacity;
}
