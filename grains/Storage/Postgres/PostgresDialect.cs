using System.Data;
using System.Data.Common;
using Npgsql;
using OrleansCluster.Grains.Storage.Sql;

namespace OrleansCluster.Grains.Storage.Postgres;

/// <summary>A database that several processes share. Commits are durable by the server's own setting, which is on unless somebody turned it off.</summary>
internal sealed class PostgresDialect(PostgresStoreOptions options) : ISqlDialect
{
    // Few rows are looked up in large tables: by their keys, in the order given, whatever the statistics say of an empty table. A transaction whose
    // client is silent is ended, and its locks with it.
    private const string WriterSettings =
        "-c enable_hashjoin=off -c enable_mergejoin=off -c enable_seqscan=off -c enable_bitmapscan=off -c jit=off "
        + "-c idle_in_transaction_session_timeout=10s -c default_transaction_isolation=read\\ committed";

    private const string ReaderSettings = "-c default_transaction_read_only=on -c jit=off -c idle_in_transaction_session_timeout=60s";

    public string Description { get; } = options.Description;

    public bool ReadsAtOnce => false;

    public TimeSpan? EventPolling => options.EventPolling;

    public string UnixTime => "extract(epoch from now())::bigint";

    public IDisposable? Occupy() => DatabaseOccupation.Take(Open("ocs-store-occupation", ""), options);

    public int PrepareSchema() => options.MigratesSchema ? StoreMigrator.Migrate(options) : StoreMigrator.Check(options);

    public IWriterSession OpenSession(long keptEvents)
    {
        var connection = Open("ocs-store-writer", WriterSettings);
        try
        {
            return new PostgresSession(connection, keptEvents);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public DbConnection OpenWriter() => Open("ocs-store-checkpoints", "");

    public DbConnection OpenReader() => Open("ocs-store-reader", ReaderSettings);

    public DbTransaction BeginSnapshot(DbConnection connection) => connection.BeginTransaction(IsolationLevel.RepeatableRead);

    private NpgsqlConnection Open(string name, string settings)
    {
        var connection = new NpgsqlConnection(options.ConnectionTo(name, settings));
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
