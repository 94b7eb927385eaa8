using System.Collections.Immutable;
using OrleansCluster.Placement.Constraints;
using OrleansCluster.Placement.Extras;

namespace OrleansCluster.Placement;

/// <summary>
/// Whether a task fits on a node. Schedulers and the committer ask this same function, so that the one can never keep choosing a node which
/// the other keeps refusing.
/// </summary>
public static class Feasibility
{
    /// <summary>
    /// The first obstacle, or <see langword="null"/> where it fits. Looked for in this order: status (only ACTIVE nodes take claims), the task's
    /// constraints, CPU, memory, disk, GPU, named amounts, then ports in the order asked for. A node whose claims exceed its capacity takes nothing, not even a task
    /// that wants none of that dimension.
    /// </summary>
    /// <param name="room">What the node has of GPUs and named amounts; <see langword="null"/> where it has none.</param>
    /// <param name="extras">What the task wants of them; <see langword="null"/> where that is nothing.</param>
    /// <param name="rules">The task's constraints; <see langword="null"/> where it has none.</param>
    /// <param name="facts">Needed only for constraints.</param>
    public static Shortfall? Check(
        NodeStatus status,
        Resources capacity,
        Resources claimed,
        IReadOnlySet<HostPort> claimedPorts,
        ExtraRoom? room,
        Resources wanted,
        ImmutableArray<HostPort> wantedPorts,
        ExtraDemand? extras,
        PlacementRules? rules,
        NodeFacts? facts)
    {
        if (status != NodeStatus.Active)
            return Shortfall.OfStatus(status);
        return rules?.Check(facts!)
            ?? CheckResources(capacity, claimed, wanted)
            ?? (extras is null ? null : ExtraRoom.Check(room, extras))
            ?? CheckPorts(claimedPorts, wantedPorts);
    }

    /// <summary>The same for a task without constraints that wants neither GPU nor named amounts.</summary>
    public static Shortfall? Check(
        NodeStatus status,
        Resources capacity,
        Resources claimed,
        IReadOnlySet<HostPort> claimedPorts,
        Resources wanted,
        ImmutableArray<HostPort> wantedPorts) =>
        Check(status, capacity, claimed, claimedPorts, room: null, wanted, wantedPorts, extras: null, rules: null, facts: null);

    /// <summary>What would be in the way if nothing else ran on the node, whatever its status.</summary>
    public static Shortfall? CheckEmpty(Resources capacity, ExtraCapacity? extraCapacity, Resources wanted, ExtraDemand? extras) =>
        CheckResources(capacity, Resources.Zero, wanted) ?? (extras is null ? null : ExtraRoom.Check(ExtraRoom.Of(extraCapacity), extras));

    /// <summary>CPU, memory and disk alone.</summary>
    public static Shortfall? CheckResources(Resources capacity, Resources claimed, Resources wanted) =>
        CheckAmount(Obstacle.Cpu, capacity.Cpu, claimed.Cpu, wanted.Cpu)
        ?? CheckAmount(Obstacle.Memory, capacity.Memory, claimed.Memory, wanted.Memory)
        ?? CheckAmount(Obstacle.Disk, capacity.Disk, claimed.Disk, wanted.Disk);

    // In 64 bits: the sum of two 32-bit amounts must not wrap round to "fits".
    private static Shortfall? CheckAmount(Obstacle obstacle, long capacity, long claimed, long wanted)
    {
        var missing = claimed + wanted - capacity;
        return missing > 0 ? Shortfall.OfAmount(obstacle, missing) : null;
    }

    private static Shortfall? CheckPorts(IReadOnlySet<HostPort> claimed, ImmutableArray<HostPort> wanted)
    {
        foreach (var port in wanted)
        {
            if (claimed.Contains(port))
                return Shortfall.OfPort(port);
        }

        return null;
    }
}
