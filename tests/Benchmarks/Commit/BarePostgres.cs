using System.Collections.Immutable;
using Npgsql;

namespace OrleansCluster.Benchmarks.Commit;

/// <summary>The store's own tables of PostgreSQL, one prepared statement a table and transaction, checked by nobody.</summary>
internal sealed class BarePostgres : IBareWriter
{
    private readonly NpgsqlConnection _connection;

    public BarePostgres(string connectionString)
    {
        _connection = new NpgsqlConnection(connectionString + ";Max Auto Prepare=20;Auto Prepare Min Usages=1;Command Timeout=120");
        _connection.Open();
    }

    public void AddNodes()
    {
        using var command = _connection.CreateCommand();
        command.CommandText = "INSERT INTO node SELECT 'bench', n, 1, 'Active', 2000000000, 2000000000, 0, 0, 0, 0, '{}', 'simulated' FROM unnest($1) AS r (n)";
        command.Parameters.Add(Array(Enumerable.Range(0, CommitSettings.Nodes), CommitLoad.NodeName));
        command.ExecuteNonQuery();
    }

    public void Write(ImmutableArray<ClaimRequest> claims)
    {
        using var batch = new NpgsqlBatch(_connection);
        var nodes = claims.GroupBy(c => c.Node).ToArray();
        Add(batch, "BEGIN");
        Add(
            batch,
            "UPDATE node SET etag = etag + 1, claimed_cpu = claimed_cpu + c, claimed_memory = claimed_memory + m FROM unnest($1, $2, $3) AS r (n, c, m) WHERE cluster = 'bench' AND node = n",
            Array(nodes, n => n.Key), Array(nodes, n => n.Sum(c => c.Resources.Cpu)), Array(nodes, n => n.Sum(c => c.Resources.Memory)));
        Add(
            batch,
            """
            INSERT INTO claim (cluster, claim_id, node, task, attempt, cpu, memory, disk, ports, definition, team, taken_by, task_group)
            SELECT 'bench', i, n, t, 1, c, m, 0, '[]', 'work:1', 'default', 's0/1', 'family:work' FROM unnest($1, $2, $3, $4, $5) AS r (i, n, t, c, m)
            """,
            Array(claims, c => Claim.IdOf(c.TaskId, c.Attempt)), Array(claims, c => c.Node), Array(claims, c => c.TaskId), Array(claims, c => c.Resources.Cpu), Array(claims, c => c.Resources.Memory));
        Add(batch, "COMMIT");
        batch.ExecuteNonQuery();
    }

    public void Dispose() => _connection.Dispose();

    private static void Add(NpgsqlBatch batch, string sql, params NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
            command.Parameters.Add(parameter);
        batch.BatchCommands.Add(command);
    }

    private static NpgsqlParameter Array<T, TValue>(IEnumerable<T> rows, Func<T, TValue> value) =>
        new NpgsqlParameter<TValue[]> { TypedValue = [.. rows.Select(value)] };
}
