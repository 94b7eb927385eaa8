using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Npgsql;
using OrleansCluster.Grains.Storage.Sql.Folding;

namespace OrleansCluster.Grains.Storage.Postgres;

/// <summary>How the store's rows are written in PostgreSQL.</summary>
internal static class StoreTables
{
    // A node is written thousands of times with the same attributes.
    private static readonly ConditionalWeakTable<ImmutableSortedDictionary<string, string>, string> _attributes = [];

    private static readonly FoldedTableWriter<NodeRow> _nodes = new(
        "node", "cluster", "node", "t.etag",
        Column<FoldedRow<NodeRow>>.Bigint("etag", row => row.ETag),
        Column<FoldedRow<NodeRow>>.Text("status", row => EnumText<NodeStatus>.Of(row.Value!.Status)),
        Column<FoldedRow<NodeRow>>.Integer("cpu", row => row.Value!.Capacity.Cpu),
        Column<FoldedRow<NodeRow>>.Integer("memory", row => row.Value!.Capacity.Memory),
        Column<FoldedRow<NodeRow>>.Integer("disk", row => row.Value!.Capacity.Disk),
        Column<FoldedRow<NodeRow>>.Integer("claimed_cpu", row => row.Value!.Claimed.Cpu),
        Column<FoldedRow<NodeRow>>.Integer("claimed_memory", row => row.Value!.Claimed.Memory),
        Column<FoldedRow<NodeRow>>.Integer("claimed_disk", row => row.Value!.Claimed.Disk),
        Column<FoldedRow<NodeRow>>.Text("attributes", row => _attributes.GetValue(row.Value!.Attributes, Json)),
        Column<FoldedRow<NodeRow>>.Text("runtime", row => row.Value!.Runtime),
        Column<FoldedRow<NodeRow>>.Bigint("registered_at", row => row.Value!.RegisteredAt.UtcTicks),
        Column<FoldedRow<NodeRow>>.Text("agent_version", row => row.Value!.AgentVersion),
        Column<FoldedRow<NodeRow>>.Text("extras", row => ExtraText.OfCapacity(row.Value!.ExtraCapacity)),
        Column<FoldedRow<NodeRow>>.Text("claimed_extras", row => ExtraText.Of(row.Value!.ExtraClaimed)));

    // A claim has no ETag: one that is there is at 1.
    private static readonly FoldedTableWriter<ClaimRow> _claims = new(
        "claim", "cluster", "claim_id", "1",
        Column<FoldedRow<ClaimRow>>.Text("node", row => row.Value!.Claim.Node),
        Column<FoldedRow<ClaimRow>>.Text("task", row => row.Value!.Claim.TaskId),
        Column<FoldedRow<ClaimRow>>.Integer("attempt", row => row.Value!.Claim.Attempt),
        Column<FoldedRow<ClaimRow>>.Integer("cpu", row => row.Value!.Claim.Resources.Cpu),
        Column<FoldedRow<ClaimRow>>.Integer("memory", row => row.Value!.Claim.Resources.Memory),
        Column<FoldedRow<ClaimRow>>.Integer("disk", row => row.Value!.Claim.Resources.Disk),
        Column<FoldedRow<ClaimRow>>.Text("ports", row => row.Value!.Claim.Ports is { IsEmpty: false } ports ? Json(ports) : "[]"),
        Column<FoldedRow<ClaimRow>>.Text("definition", row => row.Value!.Claim.Definition),
        Column<FoldedRow<ClaimRow>>.Text("team", row => row.Value!.Claim.Team),
        Column<FoldedRow<ClaimRow>>.Text("taken_by", row => row.Value!.TakenBy),
        Column<FoldedRow<ClaimRow>>.Text("task_group", row => row.Value!.Claim.Group),
        Column<FoldedRow<ClaimRow>>.Text("extras", row => ExtraText.Of(row.Value!.Claim.Extras)),
        Column<FoldedRow<ClaimRow>>.Integer("priority", row => row.Value!.Claim.Priority),
        Column<FoldedRow<ClaimRow>>.Bigint("claimed_at", row => row.Value!.Claim.ClaimedAt?.UtcTicks ?? 0),
        Column<FoldedRow<ClaimRow>>.Text("gang", row => row.Value!.Claim.Gang));

    private static readonly FoldedTableWriter<StateWrite> _states = new(
        "grain_state", "kind", "key", "t.etag",
        Column<FoldedRow<StateWrite>>.Bigint("etag", row => row.ETag),
        Column<FoldedRow<StateWrite>>.Text("cluster", row => row.Value!.Index.Cluster),
        Column<FoldedRow<StateWrite>>.Text("parent", row => row.Value!.Index.Parent),
        Column<FoldedRow<StateWrite>>.Text("status", row => row.Value!.Index.Status),
        Column<FoldedRow<StateWrite>>.Integer("live", row => row.Value!.Index.IsLive ? 1 : 0),
        Column<FoldedRow<StateWrite>>.Text("json", row => row.Value!.Json!));

    /// <summary>What tells, in this order, which nodes, claims and states of a batch there are, and holds them.</summary>
    public static IEnumerable<NpgsqlBatchCommand> Lock(IEnumerable<CommitUnit> units) =>
    [
        _nodes.Lock(units.SelectMany(unit => unit.Nodes.Select(write => (unit.Cluster, write.Row.Node)))),
        _claims.Lock(units.SelectMany(unit => unit.ClaimsRemoved.Concat(unit.ClaimsAdded.Select(row => row.Claim.Id)).Select(id => (unit.Cluster, id)))),
        _states.Lock(units.SelectMany(unit => unit.States.Select(write => (write.Kind, write.Key)).Concat(unit.Checks.Select(check => (check.Kind, check.Key))))),
    ];

    public static List<CheckedCommand> Write(BatchFold fold)
    {
        var commands = new List<CheckedCommand>();
        _nodes.Write(fold.Nodes, commands);
        _claims.Write(fold.Claims, commands);
        _states.Write(fold.States, commands);
        return commands;
    }

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, StoreJson.Options);
}
