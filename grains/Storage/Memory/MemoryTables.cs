using System.Collections.Immutable;

namespace OrleansCluster.Grains.Storage.Memory;

using ClaimMap = ImmutableSortedDictionary<string, ClaimRow>;
using NodeMap = ImmutableSortedDictionary<string, NodeRow>;
using StateMap = ImmutableSortedDictionary<string, StateRow>;

/// <summary>Everything a store holds, at one moment: nodes and claims by cluster, states by kind, events by cluster.</summary>
internal sealed record MemoryTables(
    ImmutableDictionary<string, NodeMap> Nodes,
    ImmutableDictionary<string, ClaimMap> Claims,
    ImmutableDictionary<string, StateMap> States,
    ImmutableDictionary<string, ImmutableList<EventRow>> Events,
    long LastSequence)
{
    private static readonly NodeMap _noNodes = NodeMap.Empty.WithComparers(StringComparer.Ordinal);
    private static readonly ClaimMap _noClaims = ClaimMap.Empty.WithComparers(StringComparer.Ordinal);
    private static readonly StateMap _noStates = StateMap.Empty.WithComparers(StringComparer.Ordinal);

    public static MemoryTables Empty { get; } = new(
        ImmutableDictionary<string, NodeMap>.Empty,
        ImmutableDictionary<string, ClaimMap>.Empty,
        ImmutableDictionary<string, StateMap>.Empty,
        ImmutableDictionary<string, ImmutableList<EventRow>>.Empty,
        LastSequence: 0);

    /// <summary>The tables after a unit, or <see langword="null"/> and what did not match.</summary>
    public MemoryTables? Apply(CommitUnit unit, out string? conflict)
    {
        var nodes = (Nodes.GetValueOrDefault(unit.Cluster) ?? _noNodes).ToBuilder();
        var claims = (Claims.GetValueOrDefault(unit.Cluster) ?? _noClaims).ToBuilder();
        var states = States;
        conflict = Check(unit)
            ?? WriteNodes(nodes, unit)
            ?? RemoveClaims(claims, unit)
            ?? AddClaims(claims, unit)
            ?? WriteStates(ref states, unit);
        if (conflict is not null)
            return null;
        var events = (Events.GetValueOrDefault(unit.Cluster) ?? [])
            .AddRange(unit.Events.Select((draft, i) => new EventRow(LastSequence + 1 + i, draft with { Time = draft.Time.ToUniversalTime() })));
        return new MemoryTables(
            Nodes.SetItem(unit.Cluster, nodes.ToImmutable()),
            Claims.SetItem(unit.Cluster, claims.ToImmutable()),
            states,
            Events.SetItem(unit.Cluster, events),
            LastSequence + unit.Events.Length);
    }

    private string? Check(CommitUnit unit)
    {
        foreach (var check in unit.Checks)
        {
            if (States.GetValueOrDefault(check.Kind)?.GetValueOrDefault(check.Key)?.ETag != check.ETag)
                return Conflicts.State(check.Kind, check.Key, check.ETag);
        }

        return null;
    }

    private static string? WriteNodes(NodeMap.Builder nodes, CommitUnit unit)
    {
        foreach (var write in unit.Nodes)
        {
            if ((nodes.TryGetValue(write.Row.Node, out var row) ? row.ETag : 0) != write.ExpectedETag)
                return Conflicts.Node(write.Row.Node, write.ExpectedETag);
            nodes[write.Row.Node] = write.Row;
        }

        return null;
    }

    private static string? RemoveClaims(ClaimMap.Builder claims, CommitUnit unit)
    {
        foreach (var id in unit.ClaimsRemoved)
        {
            if (!claims.Remove(id))
                return Conflicts.ClaimMissing(id);
        }

        return null;
    }

    private static string? AddClaims(ClaimMap.Builder claims, CommitUnit unit)
    {
        foreach (var row in unit.ClaimsAdded)
        {
            if (!claims.TryAdd(row.Claim.Id, row))
                return Conflicts.ClaimExists(row.Claim.Id);
        }

        return null;
    }

    private static string? WriteStates(ref ImmutableDictionary<string, StateMap> states, CommitUnit unit)
    {
        foreach (var write in unit.States)
        {
            var ofKind = states.GetValueOrDefault(write.Kind) ?? _noStates;
            if ((ofKind.GetValueOrDefault(write.Key)?.ETag ?? 0) != write.ExpectedETag)
                return Conflicts.State(write.Kind, write.Key, write.ExpectedETag);
            ofKind = write.Json is null
                ? ofKind.Remove(write.Key)
                : ofKind.SetItem(write.Key, new StateRow(write.Kind, write.Key, write.ExpectedETag + 1, write.Index, write.Json));
            states = states.SetItem(write.Kind, ofKind);
        }

        return null;
    }
}
