using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using OrleansCluster.Grains.Storage;
using OrleansCluster.Grains.Storage.Sqlite;

namespace OrleansCluster.Benchmarks.Commit;

/// <summary>The store's own tables and settings of SQLite, statements made once, each write checked by nobody.</summary>
internal sealed class BareSqlite : IBareWriter
{
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _update;
    private readonly SqliteCommand _insert;

    public BareSqlite(string path)
    {
        var dialect = new SqliteDialect(new SqliteStoreOptions { Path = path });
        dialect.PrepareSchema();
        _connection = (SqliteConnection)dialect.OpenWriter();
        _update = Command("UPDATE node SET etag = etag + 1, claimed_cpu = claimed_cpu + $cpu, claimed_memory = claimed_memory + $memory WHERE cluster = 'bench' AND node = $node", "$cpu", "$memory", "$node");
        _insert = Command(
            "INSERT INTO claim (cluster, claim_id, node, task, attempt, cpu, memory, disk, ports, definition, team, taken_by, task_group) VALUES ('bench', $id, $node, $task, $attempt, $cpu, $memory, $disk, '[]', $definition, $team, $by, $group)",
            "$id", "$node", "$task", "$attempt", "$cpu", "$memory", "$disk", "$definition", "$team", "$by", "$group");
    }

    public void AddNodes()
    {
        using var transaction = _connection.BeginTransaction();
        for (var n = 0; n < CommitSettings.Nodes; n++)
            Execute($"INSERT INTO node VALUES ('bench', '{CommitLoad.NodeName(n)}', 1, 'Active', 2000000000, 2000000000, 0, 0, 0, 0, '{{}}', 'simulated', 0, '', NULL, NULL)");
        transaction.Commit();
    }

    public void Write(ImmutableArray<ClaimRequest> claims)
    {
        using var transaction = _connection.BeginTransaction();
        (_update.Transaction, _insert.Transaction) = (transaction, transaction);
        foreach (var onNode in claims.GroupBy(c => c.Node))
            Run(_update, onNode.Sum(c => c.Resources.Cpu), onNode.Sum(c => c.Resources.Memory), onNode.Key);
        foreach (var claim in claims)
        {
            Run(
                _insert, Claim.IdOf(claim.TaskId, claim.Attempt), claim.Node, claim.TaskId, claim.Attempt, claim.Resources.Cpu, claim.Resources.Memory,
                claim.Resources.Disk, claim.Definition, claim.Team, "s0/1", claim.Group);
        }

        transaction.Commit();
    }

    public void Dispose()
    {
        _update.Dispose();
        _insert.Dispose();
        _connection.Dispose();
    }

    private static void Run(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i];
        command.ExecuteNonQuery();
    }

    private SqliteCommand Command(string sql, params string[] parameters)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var parameter in parameters)
            command.Parameters.AddWithValue(parameter, 0);
        return command;
    }

    private void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
