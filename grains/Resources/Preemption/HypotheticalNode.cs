using System.Collections.Immutable;
using OrleansCluster.Placement;
using OrleansCluster.Placement.Constraints;
using OrleansCluster.Placement.Extras;

namespace OrleansCluster.Grains.ResourceManagement.Preemption;

/// <summary>A node as it would be without some of its claims, and with tasks that are not there yet.</summary>
/// <param name="teams">What follows for teams.</param>
internal sealed class HypotheticalNode(NodeEntry entry, HypotheticalTeams teams)
{
    private readonly SortedDictionary<string, Claim> _claims = new(entry.Claims.ToDictionary(claim => claim.Id, StringComparer.Ordinal), StringComparer.Ordinal);
    private readonly HashSet<HostPort> _ports = [.. entry.Ports];
    private readonly List<string> _arriving = [];
    private Resources _claimed = entry.Row.Claimed;
    private ExtraRoom? _room = entry.Room;

    public string Name => entry.Row.Node;

    public IEnumerable<Claim> Claims => _claims.Values;

    /// <summary>The same function as commits are checked by.</summary>
    public Shortfall? Check(PlacementRequest request, ConstraintCache constraints)
    {
        var rules = PlacementRules.Of(request.Group, request.Constraints, constraints);
        return Feasibility.Check(
            entry.Row.Status, entry.Row.Capacity, _claimed, _ports, _room, request.Resources, request.Ports, request.Extras, rules, rules is null ? null : Facts());
    }

    public void Remove(Claim claim)
    {
        if (!_claims.Remove(claim.Id))
            return;
        teams.Remove(claim);
        _claimed -= claim.Resources;
        _ports.ExceptWith(claim.Ports);
        if (claim.Extras is { } extras)
            _room = _room!.GiveBack(extras);
    }

    public void Restore(Claim claim)
    {
        _claims.Add(claim.Id, claim);
        teams.Add(claim);
        _claimed += claim.Resources;
        _ports.UnionWith(claim.Ports);
        if (claim.Extras is { } extras)
            _room = _room!.Take(extras);
    }

    /// <summary>What <see cref="Check"/> has found to fit.</summary>
    public void Take(PlacementRequest request)
    {
        teams.Add(request);
        _claimed += request.Resources;
        _ports.UnionWith(request.Ports);
        _arriving.Add(request.Group);
        if (request.Extras is { } extras)
            _room = _room!.Take(_room.Choose(extras));
    }

    private NodeFacts Facts()
    {
        ImmutableArray<string> groups = [.. _claims.Values.Select(claim => claim.Group).Concat(_arriving).Where(group => group.Length > 0).Distinct(StringComparer.Ordinal)];
        return entry.ToFacts([]) with { TaskGroups = groups, RunningTasksCount = _claims.Count + _arriving.Count };
    }
}
