using System.Collections.Immutable;
using OrleansCluster.Grains.Teams;
using OrleansCluster.Placement.Extras;

namespace OrleansCluster.Grains.Frameworks;

/// <summary>
/// Decides who is offered what: what a node has left goes whole to the framework whose team has the smallest dominant share for its weight, and in that team to the one that uses least, among those that
/// want offers and have not refused the node. No I/O, no clock of its own.
/// </summary>
internal sealed class OfferAllocator
{
    /// <summary>Less than that is of no use to anybody.</summary>
    private static readonly Resources _least = new(100, 32, 0);

    private readonly SortedDictionary<string, NodeSnapshot> _nodes = new(StringComparer.Ordinal);
    private readonly TeamBook _teams = new();

    public void Apply(ClusterDelta delta)
    {
        if (delta.IsSnapshot)
        {
            _nodes.Clear();
            _teams.Clear();
        }

        foreach (var node in delta.Nodes)
            _nodes[node.Name] = node;
        foreach (var team in delta.Teams)
            _teams.Apply(team);
    }

    public bool IsActive(string node) => _nodes.TryGetValue(node, out var found) && found.Status == NodeStatus.Active;

    public IEnumerable<string> NodesWithOffers() => _nodes.Values.Where(node => node.OfferCount > 0).Select(node => node.Name);

    public ImmutableArray<OfferAllocation> Allocate(ImmutableArray<FrameworkDemand> demands, DateTimeOffset now)
    {
        if (demands.IsEmpty)
            return [];
        var capacity = _nodes.Values.Where(node => node.Status == NodeStatus.Active).Aggregate(ResourceTotals.Zero, (sum, node) => sum + TeamAmounts.Of(node.Capacity, gpu: 0));
        var trial = new TeamTrial();
        var used = demands.ToDictionary(demand => demand.Spec.Name, demand => demand.Used, StringComparer.Ordinal);
        var allocations = ImmutableArray.CreateBuilder<OfferAllocation>();
        foreach (var node in _nodes.Values.Where(node => node.Status == NodeStatus.Active && IsWorthwhile(node.Free)))
        {
            if (Choose(demands, node, used, capacity, now) is not { } allocation)
                continue;
            var amounts = TeamAmounts.Of(allocation.Resources, gpu: 0);
            trial.Add(_teams.Of(allocation.Framework.Team), amounts);
            used[allocation.Framework.Name] += amounts;
            allocations.Add(allocation);
        }

        trial.Undo();
        return allocations.ToImmutable();
    }

    private OfferAllocation? Choose(ImmutableArray<FrameworkDemand> demands, NodeSnapshot node, Dictionary<string, ResourceTotals> used, ResourceTotals capacity, DateTimeOffset now)
    {
        FrameworkDemand? chosen = null;
        foreach (var demand in demands)
        {
            if ((demand.Refused.TryGetValue(node.Name, out var until) && until > now) || !IsWorthwhile(Clip(node.Free, _teams.Of(demand.Spec.Team))))
                continue;
            if (chosen is null || Compare(demand, chosen, used, capacity) < 0)
                chosen = demand;
        }

        return chosen is null ? null : new OfferAllocation(chosen.Spec, node, Clip(node.Free, _teams.Of(chosen.Spec.Team)), ExtrasOf(node));
    }

    private int Compare(FrameworkDemand a, FrameworkDemand b, Dictionary<string, ResourceTotals> used, ResourceTotals capacity)
    {
        var byTeam = a.Spec.Team == b.Spec.Team ? 0 : FairShare.Compare(_teams.Of(a.Spec.Team), _teams.Of(b.Spec.Team), capacity);
        return byTeam != 0 ? byTeam : FairShare.DominantShare(used[a.Spec.Name], capacity, out _).CompareTo(FairShare.DominantShare(used[b.Spec.Name], capacity, out _));
    }

    /// <summary>No more than its team may still have.</summary>
    private static Resources Clip(Resources free, TeamAccount team)
    {
        for (var account = team; account is not null; account = account.Parent)
        {
            if (account.Spec?.Maximum is not { } maximum)
                continue;
            free = new Resources(Least(free.Cpu, maximum.Cpu - account.Sum.Cpu), Least(free.Memory, maximum.Memory - account.Sum.Memory), Least(free.Disk, maximum.Disk - account.Sum.Disk));
        }

        return free;
    }

    private static int Least(int free, long? left) => left is null ? free : (int)Math.Clamp(left.Value, 0, free);

    private static bool IsWorthwhile(Resources free) => free.Cpu >= _least.Cpu && free.Memory >= _least.Memory;

    /// <summary>Devices of which nothing is taken, and what is left of named amounts.</summary>
    private static ExtraDemand? ExtrasOf(NodeSnapshot node)
    {
        if (ExtraRoom.Of(node.ExtraCapacity, node.ExtraClaimed) is not { } room)
            return null;
        var amounts = room.Capacity.Amounts
            .Select(amount => KeyValuePair.Create(amount.Key, amount.Value - (node.ExtraClaimed?.Amounts.GetValueOrDefault(amount.Key) ?? 0)))
            .Where(amount => amount.Value > 0).ToImmutableSortedDictionary(StringComparer.Ordinal);
        return room.Whole == 0 && amounts.IsEmpty ? null : new ExtraDemand { Gpu = room.Whole > 0 ? new GpuSpec { Count = room.Whole } : null, Amounts = amounts };
    }
}
