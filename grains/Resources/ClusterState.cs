using System.Collections.Immutable;
using OrleansCluster.Grains.Storage;
using OrleansCluster.Placement.Constraints;

namespace OrleansCluster.Grains.ResourceManagement;

/// <summary>
/// The cluster state in memory: no I/O, no clock. Changes are applied at once and written afterwards, so that transactions that arrive during a
/// write are validated against it; readers see a change only when it has been published as durable.
/// </summary>
internal sealed class ClusterState(string cluster, string incarnation)
{
    private readonly Dictionary<string, NodeEntry> _nodes = new(StringComparer.Ordinal);

    /// <summary>The same in the order of their names, for readers: nodes come seldom, and are looked up all the time.</summary>
    private readonly SortedList<string, NodeEntry> _inOrder = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ClaimRow> _claims = new(StringComparer.Ordinal);

    private readonly NodeETag _etags = new(incarnation);
    private readonly GroupNames _groups = new();

    public ConstraintCache Constraints { get; } = new();

    public ClusterVersion Version { get; private set; } = new(incarnation, 1);

    /// <summary>Sums over what is published.</summary>
    public ClusterTotals Totals { get; private set; } = ClusterTotals.None;

    public static ClusterState Load(string cluster, string incarnation, ClusterRows rows)
    {
        var state = new ClusterState(cluster, incarnation);
        foreach (var row in rows.Nodes)
            state.AddNode(new NodeEntry(row with { Claimed = default, ExtraClaimed = null }));
        foreach (var row in rows.Claims)
        {
            var group = state.GroupOf(row.Claim.Group);
            var claim = ReferenceEquals(group, row.Claim.Group) ? row : row with { Claim = row.Claim with { Group = group } };
            state._nodes[claim.Claim.Node].Add(claim);
            state._claims.Add(claim.Id, claim);
            state._groups.Add(claim.Claim.Group);
        }

        foreach (var node in state._inOrder.Values)
            state.Publish(node, node.ToPublication());
        return state;
    }

    public int NodeCount => _nodes.Count;

    /// <summary>In the order of their names.</summary>
    public IEnumerable<NodeEntry> Nodes => _inOrder.Values;

    public NodeEntry? FindNode(string node) => _nodes.GetValueOrDefault(node);

    public ClaimRow? FindClaim(string claimId) => _claims.GetValueOrDefault(claimId);

    /// <summary>A group's name as the claims that are here have it.</summary>
    public string GroupOf(string group) => _groups.Of(group);

    /// <summary>What changed since a version: a scan of one number a node, which costs less than keeping a ring of changes and never runs out.</summary>
    public ClusterDelta ReadSince(ClusterVersion since)
    {
        var isSnapshot = since.Incarnation != Version.Incarnation;
        var from = isSnapshot ? 0 : since.Number;
        return new ClusterDelta
        {
            Version = Version,
            IsSnapshot = isSnapshot,
            Nodes = [.. _inOrder.Values.Where(n => n.Published is not null && n.PublishedAt > from).Select(n => n.Published!.Snapshot)],
        };
    }

    /// <summary>Adds claims that have been found to fit.</summary>
    public StateChange Add(IReadOnlyCollection<ClaimRow> claims)
    {
        foreach (var claim in claims)
        {
            _claims.Add(claim.Id, claim);
            _nodes[claim.Claim.Node].Add(claim);
            _groups.Add(claim.Claim.Group);
        }

        return Touch(claims.Select(c => c.Claim.Node), unit => unit with { ClaimsAdded = [.. claims] });
    }

    /// <summary>Takes claims out; all of them must be there.</summary>
    public StateChange Remove(IReadOnlyCollection<ClaimRow> claims)
    {
        foreach (var claim in claims)
        {
            _claims.Remove(claim.Id);
            _nodes[claim.Claim.Node].Remove(claim);
            _groups.Remove(claim.Claim.Group);
        }

        return Touch(claims.Select(c => c.Claim.Node), unit => unit with { ClaimsRemoved = [.. claims.Select(c => c.Id)] });
    }

    /// <summary>Adds a node, or replaces all of its row but its ETag and claims.</summary>
    public StateChange Put(NodeRow row, EventDraft happened)
    {
        if (_nodes.TryGetValue(row.Node, out var entry))
            entry.Replace(row);
        else
            AddNode(new NodeEntry(row with { ETag = 0, Claimed = default, ExtraClaimed = null }));
        return Touch([row.Node], unit => unit with { Events = [happened] });
    }

    /// <summary>Makes a durable change visible; answers with the nodes that look different now.</summary>
    public ImmutableArray<NodePublication> Publish(StateChange change)
    {
        Version = Version with { Number = Version.Number + 1 };
        return [.. change.Publications.Where(p => Publish(_nodes[p.Snapshot.Name], p))];
    }

    private void AddNode(NodeEntry entry)
    {
        _nodes.Add(entry.Row.Node, entry);
        _inOrder.Add(entry.Row.Node, entry);
    }

    private bool Publish(NodeEntry entry, NodePublication publication)
    {
        var before = entry.Published?.Snapshot;
        if (!entry.Publish(publication, Version.Number))
            return false;
        Totals = Totals.Replace(before, publication.Snapshot);
        return true;
    }

    private StateChange Touch(IEnumerable<string> nodes, Func<CommitUnit, CommitUnit> complete)
    {
        var writes = ImmutableArray.CreateBuilder<NodeWrite>();
        var publications = ImmutableArray.CreateBuilder<NodePublication>();
        foreach (var name in nodes.Distinct(StringComparer.Ordinal))
        {
            var entry = _nodes[name];
            var expected = entry.Row.ETag;
            entry.Touch(_etags.After(expected));
            writes.Add(new NodeWrite { ExpectedETag = expected, Row = entry.Row });
            publications.Add(entry.ToPublication());
        }

        return new StateChange(complete(new CommitUnit { Cluster = cluster, Nodes = writes.ToImmutable() }), publications.ToImmutable());
    }
}
