using System.Collections.Immutable;
using OrleansCluster.Placement;
using OrleansCluster.Placement.Constraints;
using OrleansCluster.Placement.Extras;

namespace OrleansCluster.Grains.ResourceManagement.Preemption;

/// <summary>A node as it would be without some of its claims, and with tasks that are not there yet.</summary>
internal sealed class HypotheticalNode
{
    private readonly NodeEntry _entry;
    private readonly HypotheticalTeams _teams;
    private readonly SortedDictionary<string, Claim> _claims;
    private readonly HashSet<HostPort> _ports;
    private readonly List<string> _arriving;
    private Resources _claimed;
    private ExtraRoom? _room;

    /// <param name="teams">What follows for teams.</param>
    public HypotheticalNode(NodeEntry entry, HypotheticalTeams teams)
    {
        (_entry, _teams) = (entry, teams);
        _claims = new(entry.Claims.ToDictionary(claim => claim.Id, StringComparer.Ordinal), StringComparer.Ordinal);
        (_ports, _arriving, _claimed, _room) = ([.. entry.Ports], [], entry.Row.Claimed, entry.Room);
    }

    private HypotheticalNode(HypotheticalNode other)
    {
        (_entry, _teams) = (other._entry, other._teams);
        _claims = new(other._claims, StringComparer.Ordinal);
        (_ports, _arriving, _claimed, _room) = ([.. other._ports], [.. other._arriving], other._claimed, other._room);
    }

    /// <summary>To go back to; what teams have is not part of it.</summary>
    public HypotheticalNode Copy() => new(this);

    public string Name => _entry.Row.Node;

    public bool Has(Claim claim) => _claims.ContainsKey(claim.Id);

    public IEnumerable<Claim> Claims => _claims.Values;

    /// <summary>The same function as commits are checked by.</summary>
    public Shortfall? Check(PlacementRequest request, ConstraintCache constraints)
    {
        var rules = PlacementRules.Of(request.Group, request.Constraints, constraints);
        return Feasibility.Check(
            _entry.Row.Status, _entry.Row.Capacity, _claimed, _ports, _room, request.Resources, request.Ports, request.Extras, rules, rules is null ? null : Facts());
    }

    public void Remove(Claim claim)
    {
        if (!_claims.Remove(claim.Id))
            return;
        _teams.Remove(claim);
        _claimed -= claim.Resources;
        _ports.ExceptWith(claim.Ports);
        if (claim.Extras is { } extras)
            _room = _room!.GiveBack(extras);
    }

    public void Restore(Claim claim)
    {
        _claims.Add(claim.Id, claim);
        _teams.Add(claim);
        _claimed += claim.Resources;
        _ports.UnionWith(claim.Ports);
        if (claim.Extras is { } extras)
            _room = _room!.Take(extras);
    }

    /// <summary>What <see cref="Check"/> has found to fit.</summary>
    public void Take(PlacementRequest request)
    {
        _teams.Add(request);
        _claimed += request.Resources;
        _ports.UnionWith(request.Ports);
        _arriving.Add(request.Group);
        if (request.Extras is { } extras)
            _room = _room!.Take(_room.Choose(extras));
    }

    private NodeFacts Facts()
    {
        ImmutableArray<string> groups = [.. _claims.Values.Select(claim => claim.Group).Concat(_arriving).Where(group => group.Length > 0).Distinct(StringComparer.Ordinal)];
        return _entry.ToFacts([]) with { TaskGroups = groups, RunningTasksCount = _claims.Count + _arriving.Count };
    }
}
