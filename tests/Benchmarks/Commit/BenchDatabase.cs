using Npgsql;
using OrleansCluster.Grains.Storage;

namespace OrleansCluster.Benchmarks.Commit;

/// <summary>A database of one round: a file in a temporary folder, or a schema of the server's.</summary>
internal sealed class BenchDatabase : IAsyncDisposable
{
    private static int _number;

    private readonly string _folder = Directory.CreateTempSubdirectory("ocs-bench-").FullName;
    private readonly string _schema = $"bench_{Environment.ProcessId}_{Interlocked.Increment(ref _number)}";
    private readonly bool _isPostgres;

    private BenchDatabase(bool isPostgres) => _isPostgres = isPostgres;

    public string Path => System.IO.Path.Combine(_folder, "bare.db");

    public string ConnectionString => new NpgsqlConnectionStringBuilder(CommitSettings.ConnectionString) { SearchPath = _schema, Pooling = false }.ToString();

    public static async Task<BenchDatabase> Create(string store)
    {
        var database = new BenchDatabase(store == "postgres");
        if (database._isPostgres)
        {
            await Execute($"CREATE SCHEMA {database._schema}");
            StoreMigrator.Migrate(new PostgresStoreOptions { ConnectionString = database.ConnectionString });
        }

        return database;
    }

    /// <summary>A silo without an agent, on this database; leases that outlast the round, because nobody renews them.</summary>
    public string[] SiloArguments(string cluster) =>
    [
        "--data", _folder, "--cluster", cluster, "--runtime", "none", "--listen", "127.0.0.1:0", "--lease-seconds", "1800", "--lost-after-seconds", "3600",
        .. _isPostgres ? ["--postgres", ConnectionString] : Array.Empty<string>(),
    ];

    public async ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        if (_isPostgres)
            await Execute($"DROP SCHEMA {_schema} CASCADE");
    }

    private static async Task Execute(string sql)
    {
        await using var source = NpgsqlDataSource.Create(CommitSettings.ConnectionString);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
