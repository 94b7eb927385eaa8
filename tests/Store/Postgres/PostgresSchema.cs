using Npgsql;

namespace OrleansCluster.Tests.Store.Postgres;

/// <summary>A schema that goes with its test, on the server that OCS_POSTGRES names; where it names none, the test is skipped.</summary>
internal sealed class PostgresSchema : IDisposable
{
    public const string Variable = "OCS_POSTGRES";

    private readonly string _server;
    private readonly string _name = $"ocs_test_{Guid.NewGuid():N}";

    public PostgresSchema()
        : this(ServerOrSkip())
    {
    }

    public PostgresSchema(string server)
    {
        _server = server;
        Execute(_server, $"CREATE SCHEMA {_name}");
    }

    public string ConnectionString => $"{_server};Search Path={_name}";

    public static string ServerOrSkip()
    {
        var server = Environment.GetEnvironmentVariable(Variable);
        Assert.SkipWhen(string.IsNullOrEmpty(server), $"{Variable} names no PostgreSQL server; see infra/lib/postgres.sh");
        return server!;
    }

    public NpgsqlConnection Open()
    {
        var connection = new NpgsqlConnection($"{ConnectionString};Pooling=false");
        connection.Open();
        return connection;
    }

    public void Execute(string sql) => Execute(ConnectionString, sql);

    public object? Scalar(string sql)
    {
        using var connection = Open();
        using var command = new NpgsqlCommand(sql, connection);
        return command.ExecuteScalar();
    }

    public void Dispose() => Execute(_server, $"DROP SCHEMA {_name} CASCADE");

    private static void Execute(string server, string sql)
    {
        using var connection = new NpgsqlConnection($"{server};Pooling=false");
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
