using System.Diagnostics;
using Npgsql;

namespace OrleansCluster.Tests.Store.Postgres;

/// <summary>The rows of a load, written without the store: one statement a table, one transaction after the other on one connection.</summary>
internal static class BareWriter
{
    private const string Lock = "SELECT pg_advisory_xact_lock(1)";

    public static double Run(PostgresSchema schema, ClaimLoad load, int units, int unitsEach, bool locks)
    {
        using var connection = new NpgsqlConnection(schema.ConnectionString + ";Pooling=false;Max Auto Prepare=20;Auto Prepare Min Usages=1;Command Timeout=120");
        connection.Open();
        var made = Enumerable.Range(0, units).Select(load.Unit).Chunk(unitsEach).ToArray();
        var watch = Stopwatch.StartNew();
        var claims = 0;
        foreach (var chunk in made)
        {
            using var batch = new NpgsqlBatch(connection);
            Add(batch, "BEGIN");
            var nodes = chunk.SelectMany(unit => unit.Nodes).Select(write => write.Row).ToArray();
            Add(
                batch,
                """
                INSERT INTO node SELECT 'default', n, 1, 'Active', 8000, 16384, 100000, c, m, 0, '{"os":"linux","zone":"a"}', 'docker 27.1'
                FROM unnest($1, $2, $3) AS r (n, c, m)
                """,
                Array(nodes, row => row.Node), Array(nodes, row => row.Claimed.Cpu), Array(nodes, row => row.Claimed.Memory));
            var rows = chunk.SelectMany(unit => unit.ClaimsAdded).Select(row => row.Claim).ToArray();
            claims += rows.Length;
            Add(
                batch,
                """
                INSERT INTO claim SELECT 'default', i, n, t, 1, c, 128, 0, '[{"port":8080,"protocol":"tcp"},{"port":53,"protocol":"udp"}]', 'web:3', 'default', 'batch/17'
                FROM unnest($1, $2, $3, $4) AS r (i, n, t, c)
                """,
                Array(rows, row => row.Id), Array(rows, row => row.Node), Array(rows, row => row.TaskId), Array(rows, row => row.Resources.Cpu));
            var states = chunk.SelectMany(unit => unit.States).ToArray();
            Add(
                batch,
                "INSERT INTO grain_state SELECT 'task', k, 1, 'default', p, 'PENDING', 1, j FROM unnest($1, $2, $3) AS r (k, p, j)",
                Array(states, row => row.Key), Array(states, row => row.Index.Parent), Array(states, row => row.Json!));
            var events = chunk.SelectMany(unit => unit.Events).ToArray();
            if (locks)
                Add(batch, Lock);
            Add(
                batch,
                $$"""INSERT INTO event SELECT nextval('bare'), 'default', t, 'task.running', s, 'job1', '{"node":"n1"}' FROM unnest($1, $2) AS r (t, s)""",
                Array(events, row => row.Time.UtcTicks), Array(events, row => row.Subject));
            Add(batch, "COMMIT");
            batch.ExecuteNonQuery();
        }

        return claims / watch.Elapsed.TotalSeconds;
    }

    private static void Add(NpgsqlBatch batch, string sql, params NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
            command.Parameters.Add(parameter);
        batch.BatchCommands.Add(command);
    }

    private static NpgsqlParameter Array<T, TValue>(T[] rows, Func<T, TValue> value) =>
        new NpgsqlParameter<TValue[]> { TypedValue = [.. rows.Select(value)] };
}
