using OrleansCluster.Grains.Storage;
using OrleansCluster.Placement.Constraints;
using OrleansCluster.Placement.Extras;

namespace OrleansCluster.Grains.ResourceManagement;

/// <summary>
/// One node as the committer keeps it: <see cref="Row"/> and its claims are what the next transaction is validated against, writes in
/// flight included; <see cref="Published"/> is the newest state known to be durable, the only one that readers see.
/// </summary>
internal sealed class NodeEntry(NodeRow row)
{
    public NodeRow Row { get; private set; } = row;

    /// <summary>Its GPUs and named amounts, and what is claimed of them; <see langword="null"/> for a node that has none.</summary>
    public ExtraRoom? Room { get; private set; } = ExtraRoom.Of(row.ExtraCapacity, row.ExtraClaimed);
    public HashSet<HostPort> Ports { get; } = [];

    /// <summary>By their ids. A list rather than a tree: it is copied at every change of the node, for <see cref="ToPublication"/>.</summary>
    private readonly SortedList<string, Claim> _claims = new(StringComparer.Ordinal);

    /// <summary>How many tasks of each group have claims here; those of no group are left out.</summary>
    private readonly SortedList<string, int> _groups = new(StringComparer.Ordinal);

    /// <summary>What is claimed by the tasks of each band.</summary>
    private readonly Resources[] _byBand = new Resources[Enum.GetValues<PriorityBand>().Length];

    public IEnumerable<Claim> Claims => _claims.Values;

    private int TaskCount => _claims.Count - _offers;

    public int ClaimCount => _claims.Count;

    /// <summary>Claims that are held for offers.</summary>
    private int _offers;

    /// <summary>Null while the node's first write is in flight.</summary>
    public NodePublication? Published { get; private set; }

    /// <summary>The cluster version at which <see cref="Published"/> changed last.</summary>
    public long PublishedAt { get; private set; }

    /// <summary>Nothing of this node is in flight.</summary>
    public bool IsPublished => Published?.Snapshot.ETag == Row.ETag;

    /// <summary>The last transaction that took from this node.</summary>
    public string TakenBy { get; private set; } = "";

    public void Add(ClaimRow claim)
    {
        _claims.Add(claim.Id, claim.Claim);
        Ports.UnionWith(claim.Claim.Ports);
        TakenBy = claim.TakenBy;
        _offers += claim.Claim.IsOffer ? 1 : 0;
        Count(claim.Claim.Group, 1);
        _byBand[(int)PriorityBands.Of(claim.Claim.Priority)] += claim.Claim.Resources;
        Row = Row with { Claimed = Row.Claimed + claim.Claim.Resources };
        if (claim.Claim.Extras is { } extras)
            Replace(Room!.Take(extras));
    }

    public void Remove(ClaimRow claim)
    {
        _claims.Remove(claim.Id);
        _offers -= claim.Claim.IsOffer ? 1 : 0;
        Ports.ExceptWith(claim.Claim.Ports);
        Count(claim.Claim.Group, -1);
        _byBand[(int)PriorityBands.Of(claim.Claim.Priority)] -= claim.Claim.Resources;
        Row = Row with { Claimed = Row.Claimed - claim.Claim.Resources };
        if (claim.Claim.Extras is { } extras)
            Replace(Room!.GiveBack(extras));
    }

    /// <summary>By tasks of lower bands.</summary>
    public Resources ClaimedBelow(PriorityBand band)
    {
        var sum = Resources.Zero;
        for (var lower = 0; lower < (int)band; lower++)
            sum += _byBand[lower];
        return sum;
    }

    /// <summary>All of the row but its ETag and what is claimed.</summary>
    public void Replace(NodeRow row)
    {
        Row = row with { ETag = Row.ETag, Claimed = Row.Claimed, ExtraClaimed = Row.ExtraClaimed };
        Room = ExtraRoom.Of(Row.ExtraCapacity, Row.ExtraClaimed);
    }

    /// <summary>Its next version.</summary>
    public void Touch(long etag) => Row = Row with { ETag = etag };

    /// <summary>What constraints are asked of: what the node's row says, and the claims on it, writes in flight included.</summary>
    /// <param name="taken">Groups of further claims, the empty ones among them.</param>
    public NodeFacts ToFacts(IReadOnlyCollection<string> taken) => new()
    {
        Name = Row.Node,
        Status = Row.Status,
        Attributes = Row.Attributes,
        TaskGroups = [.. _groups.Keys.Union(taken.Where(group => group.Length > 0), StringComparer.Ordinal)],
        RunningTasksCount = TaskCount + taken.Count,
        RegisteredAt = Row.RegisteredAt,
        AgentVersion = Row.AgentVersion,
    };

    /// <summary>What to show once everything up to the row's ETag is durable.</summary>
    public NodePublication ToPublication() => new(
        new NodeSnapshot
        {
            Name = Row.Node,
            ETag = Row.ETag,
            Status = Row.Status,
            Capacity = Row.Capacity,
            Claimed = Row.Claimed,
            ClaimedPorts = [.. Ports],
            ClaimCount = TaskCount,
            OfferCount = _offers,
            Attributes = Row.Attributes,
            Runtime = Row.Runtime,
            TaskGroups = [.. _groups.Select(group => new TaskGroupCount(group.Key, group.Value))],
            RegisteredAt = Row.RegisteredAt,
            AgentVersion = Row.AgentVersion,
            ExtraCapacity = Row.ExtraCapacity,
            ExtraClaimed = Row.ExtraClaimed,
        },
        new NodeClaims { Node = Row.Node, ETag = Row.ETag, Status = Row.Status, Claims = [.. _claims.Values] });

    /// <summary>Completions may be seen out of order; an older state never replaces a newer one.</summary>
    public bool Publish(NodePublication publication, long version)
    {
        if (Published is not null && Published.Snapshot.ETag >= publication.Snapshot.ETag)
            return false;
        Published = publication;
        PublishedAt = version;
        return true;
    }

    private void Replace(ExtraRoom room) => (Room, Row) = (room, Row with { ExtraClaimed = room.Claimed });

    private void Count(string group, int more)
    {
        if (group.Length == 0)
            return;
        var count = _groups.GetValueOrDefault(group) + more;
        if (count == 0)
            _groups.Remove(group);
        else
            _groups[group] = count;
    }
}
