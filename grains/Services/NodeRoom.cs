using System.Collections.Immutable;
using OrleansCluster.Grains.Tasks.Jobs;
using OrleansCluster.Placement;
using OrleansCluster.Placement.Constraints;
using OrleansCluster.Placement.Extras;

namespace OrleansCluster.Grains.Services;

/// <summary>How many more tasks of a service a node would take: by the function that schedulers and the committer ask.</summary>
internal sealed class NodeRoom
{
    private readonly string _group;
    private readonly ResolvedTask _task;
    private readonly PlacementRules? _rules;

    public NodeRoom(ServiceRevision revision, ConstraintCache cache)
    {
        (_group, _task) = (TaskGroup.OfService(revision.Spec.Name), revision.Task);
        _rules = PlacementRules.Of(_group, revision.Spec.PlacementConstraints, cache);
    }

    /// <param name="coming">Tasks of the service that are bound for it and have no claim there.</param>
    /// <param name="most">What is asked for; it is counted no further.</param>
    public int Of(NodeSnapshot node, int coming, int most)
    {
        var (claimed, ports, room, taken) = (node.Claimed, node.ClaimedPorts.ToHashSet(), ExtraRoom.Of(node.ExtraCapacity, node.ExtraClaimed), 0);
        while (taken < coming + most && Feasibility.Check(node.Status, node.Capacity, claimed, ports, room, _task.Resources, _task.Ports, _task.Extras, _rules, _rules is null ? null : FactsOf(node, taken)) is null)
        {
            taken++;
            claimed += _task.Resources;
            ports.UnionWith(_task.Ports);
            if (_task.Extras is { } extras)
                room = room!.Take(room.Choose(extras));
        }

        return Math.Max(0, taken - coming);
    }

    private NodeFacts FactsOf(NodeSnapshot node, int taken)
    {
        ImmutableArray<string> groups = [.. node.TaskGroups.Select(each => each.Group)];
        return ClusterNodes.FactsOf(node, taken == 0 || groups.Contains(_group) ? groups : groups.Add(_group), node.ClaimCount + taken);
    }
}
