using System.Text.Json;

namespace OrleansCluster.Grains.Storage.Sql;

internal sealed class ClaimTable(Func<string, IRowStatement> prepare) : IDisposable
{
    private readonly IRowStatement _insert = prepare(
        RowStatements.Insert("claim", "cluster, claim_id, node, task, attempt, cpu, memory, disk, ports, definition, team, taken_by, task_group, extras, priority, claimed_at, gang"));

    private readonly IRowStatement _delete = prepare("DELETE FROM claim WHERE cluster = @cluster AND claim_id = @claim_id");

    public string? Add(string cluster, ClaimRow row)
    {
        var claim = row.Claim;
        var id = row.Id;
        var ports = claim.Ports.IsEmpty ? "[]" : JsonSerializer.Serialize(claim.Ports, StoreJson.Options);
        var written = _insert.Execute(
            cluster, id, claim.Node, claim.TaskId, claim.Attempt, claim.Resources.Cpu, claim.Resources.Memory, claim.Resources.Disk, ports,
            claim.Definition, claim.Team, row.TakenBy, claim.Group, ExtraText.Of(claim.Extras),
            claim.Priority, claim.ClaimedAt?.UtcTicks ?? 0, claim.Gang);
        return written == 1 ? null : Conflicts.ClaimExists(id);
    }

    public string? Remove(string cluster, string claimId) =>
        _delete.Execute(cluster, claimId) == 1 ? null : Conflicts.ClaimMissing(claimId);

    public void Dispose()
    {
        _insert.Dispose();
        _delete.Dispose();
    }
}
