using System.Collections.Immutable;
using OrleansCluster.Grains.Storage;
using OrleansCluster.Grains.Teams;
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

    /// <summary>The claims of each gang. Most tasks are of none.</summary>
    private readonly Dictionary<string, HashSet<Claim>> _gangs = new(StringComparer.Ordinal);

    private readonly NodeETag _etags = new(incarnation);
    private readonly GroupNames _groups = new();

    public TeamLedger Teams { get; } = new();

    public UsageRows Usage { get; } = new(cluster, incarnation);

    public ConstraintCache Constraints { get; } = new();

    public ClusterVersion Version { get; private set; } = new(incarnation, 1);

    /// <summary>Sums over what is published.</summary>
    public ClusterTotals Totals { get; private set; } = ClusterTotals.None;

    public static ClusterState Load(string cluster, string incarnation, ClusterRows rows) => Load(cluster, incarnation, rows, []);

    /// <param name="teams">As they were declared when the rows were read, or before.</param>
    public static ClusterState Load(string cluster, string incarnation, ClusterRows rows, ImmutableArray<(TeamSpec Spec, long ETag)> teams)
    {
        var state = new ClusterState(cluster, incarnation);
        foreach (var (spec, etag) in teams)
            state.Teams.Declare(spec, etag);
        foreach (var row in rows.Nodes)
            state.AddNode(new NodeEntry(row with { Claimed = default, ExtraClaimed = null }));
        foreach (var row in rows.Claims)
        {
            var group = state.GroupOf(row.Claim.Group);
            var claim = ReferenceEquals(group, row.Claim.Group) ? row : row with { Claim = row.Claim with { Group = group } };
            state._nodes[claim.Claim.Node].Add(claim);
            state._claims.Add(claim.Id, claim);
            state.Teams.Add(claim.Claim);
            state._groups.Add(claim.Claim.Group);
            state.AddToGang(claim.Claim);
        }

        foreach (var node in state._inOrder.Values)
            state.Publish(node, node.ToPublication());
        state.Teams.Publish(state.Teams.ToPublications(state.Teams.Book.Accounts.Select(account => account.Name)), state.Version.Number);
        return state;
    }

    public int NodeCount => _nodes.Count;

    /// <summary>In the order of their names.</summary>
    public IEnumerable<NodeEntry> Nodes => _inOrder.Values;

    public NodeEntry? FindNode(string node) => _nodes.GetValueOrDefault(node);

    public ClaimRow? FindClaim(string claimId) => _claims.GetValueOrDefault(claimId);

    /// <summary>All claims that were committed together with one, in the order of their ids; that alone where it is of no gang.</summary>
    public ImmutableArray<Claim> GangOf(Claim claim) => claim.Gang is { } gang && _gangs.TryGetValue(gang, out var claims)
        ? [.. claims.Where(other => other.Attempt == claim.Attempt).OrderBy(other => other.Id, StringComparer.Ordinal)]
        : [claim];

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
            Teams = Teams.ReadSince(from),
        };
    }

    /// <summary>Adds claims that have been found to fit.</summary>
    public StateChange Add(IReadOnlyCollection<ClaimRow> claims)
    {
        Enter(claims);
        return Touch(claims, unit => unit with { ClaimsAdded = [.. claims] });
    }

    /// <summary>Takes claims out, and accounts for what they have used until now; all of them must be there.</summary>
    public StateChange Remove(IReadOnlyCollection<ClaimRow> claims, DateTimeOffset now)
    {
        Forget(claims);
        return Touch(claims, unit => unit with { ClaimsRemoved = [.. claims.Select(c => c.Id)], States = Usage.Close(claims, now) }) with { Released = [.. claims.Select(claim => claim.Claim)] };
    }

    /// <summary>Takes claims out and puts others, which have been found to fit then, in their place.</summary>
    public StateChange Replace(IReadOnlyCollection<ClaimRow> replaced, IReadOnlyCollection<ClaimRow> claims, DateTimeOffset now)
    {
        if (replaced.Count == 0)
            return Add(claims);
        Forget(replaced);
        Enter(claims);
        return Touch([.. replaced, .. claims], unit => unit with { ClaimsAdded = [.. claims], ClaimsRemoved = [.. replaced.Select(c => c.Id)], States = Usage.Close(replaced, now) })
            with { Released = [.. replaced.Select(claim => claim.Claim)] };
    }

    /// <summary>Declares teams.</summary>
    public StateChange Put(ImmutableArray<TeamSpec> teams, EventDraft happened)
    {
        var writes = ImmutableArray.CreateBuilder<StateWrite>();
        foreach (var spec in teams)
        {
            var etag = Teams.ETagOf(spec.Name);
            writes.Add(TeamRows.Put(cluster, spec, etag));
            Teams.Declare(spec, etag + 1);
        }

        return OfTeams(writes.ToImmutable(), teams.Select(spec => spec.Name), happened);
    }

    /// <summary>Takes a team's declaration back; there has to be one.</summary>
    public StateChange Withdraw(string team, EventDraft happened)
    {
        var write = TeamRows.Delete(cluster, team, Teams.ETagOf(team));
        Teams.Withdraw(team);
        return OfTeams([write], [team], happened);
    }

    /// <summary>What a cluster's nodes have left, of those that take claims; writes in flight included.</summary>
    public ResourceTotals Free()
    {
        var free = ResourceTotals.Zero;
        foreach (var node in _inOrder.Values)
        {
            if (node.Row.Status == NodeStatus.Active)
                free += TeamAmounts.Of(node.Row.Capacity - node.Row.Claimed, node.Room?.FreeGpu ?? 0);
        }

        return free;
    }

    /// <summary>What claims have used that have not ended, of all that have been published or are being written.</summary>
    public IEnumerable<TeamUsage> RunningUsage(DateTimeOffset from, DateTimeOffset to) =>
        _claims.Values.Where(claim => claim.Claim.ClaimedAt is not null)
            .SelectMany(claim => UsageHours.Of(TeamAmounts.Of(claim.Claim), claim.Claim.ClaimedAt!.Value, to).Select(piece => (claim.Claim.Team, piece.Hour, piece.Usage)))
            .Where(piece => piece.Hour.AddHours(1) > from)
            .GroupBy(piece => (piece.Team, piece.Hour), piece => piece.Usage)
            .Select(group => group.Aggregate((a, b) => a + b).ToUsage(group.Key.Team, group.Key.Hour));

    /// <summary>Adds a node, or replaces all of its row but its ETag and claims.</summary>
    public StateChange Put(NodeRow row, EventDraft happened)
    {
        if (_nodes.TryGetValue(row.Node, out var entry))
            entry.Replace(row);
        else
            AddNode(new NodeEntry(row with { ETag = 0, Claimed = default, ExtraClaimed = null }));
        return Touch([row.Node], [], unit => unit with { Events = [happened] });
    }

    /// <summary>Makes a durable change visible; answers with the nodes that look different now.</summary>
    public ImmutableArray<NodePublication> Publish(StateChange change)
    {
        Version = Version with { Number = Version.Number + 1 };
        Teams.Publish(change.Teams, Version.Number);
        Teams.HaveLeft(change.Released);
        return [.. change.Publications.Where(p => Publish(_nodes[p.Snapshot.Name], p))];
    }

    private void Enter(IReadOnlyCollection<ClaimRow> claims)
    {
        foreach (var claim in claims)
        {
            _claims.Add(claim.Id, claim);
            _nodes[claim.Claim.Node].Add(claim);
            _groups.Add(claim.Claim.Group);
            Teams.Add(claim.Claim);
            AddToGang(claim.Claim);
        }
    }

    private void Forget(IReadOnlyCollection<ClaimRow> claims)
    {
        foreach (var claim in claims)
        {
            _claims.Remove(claim.Id);
            _nodes[claim.Claim.Node].Remove(claim);
            _groups.Remove(claim.Claim.Group);
            Teams.Remove(claim.Claim);
            RemoveFromGang(claim.Claim);
        }
    }

    private void AddToGang(Claim claim)
    {
        if (claim.Gang is not { } gang)
            return;
        if (!_gangs.TryGetValue(gang, out var claims))
            _gangs.Add(gang, claims = new HashSet<Claim>(ReferenceEqualityComparer.Instance));
        claims.Add(claim);
    }

    private void RemoveFromGang(Claim claim)
    {
        if (claim.Gang is { } gang && _gangs[gang] is var claims && claims.Remove(claim) && claims.Count == 0)
            _gangs.Remove(gang);
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

    private StateChange OfTeams(ImmutableArray<StateWrite> writes, IEnumerable<string> teams, EventDraft happened) =>
        new(new CommitUnit { Cluster = cluster, States = writes, Events = [happened] }, [], Teams.ToPublications(teams));

    private StateChange Touch(IReadOnlyCollection<ClaimRow> claims, Func<CommitUnit, CommitUnit> complete) =>
        Touch(claims.Select(c => c.Claim.Node), claims.Select(c => c.Claim.Team), complete);

    private StateChange Touch(IEnumerable<string> nodes, IEnumerable<string> teams, Func<CommitUnit, CommitUnit> complete)
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

        return new StateChange(complete(new CommitUnit { Cluster = cluster, Nodes = writes.ToImmutable() }), publications.ToImmutable(), Teams.ToPublications(teams));
    }
}
