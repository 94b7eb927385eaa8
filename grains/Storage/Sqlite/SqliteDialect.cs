using System.Collections.Immutable;
using System.Data;
using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using OrleansCluster.Grains.Storage.Sql;

namespace OrleansCluster.Grains.Storage.Sqlite;

/// <summary>One file, one process. Write-ahead log, synced at every commit.</summary>
internal sealed class SqliteDialect(SqliteStoreOptions options) : IRowDialect
{
    private readonly string _path = Path.GetFullPath(options.Path);

    public string Description => $"SQLite file {_path}";

    public bool ReadsAtOnce => true;

    public TimeSpan? EventPolling => null;

    public string UnixTime => "unixepoch()";

    public ImmutableArray<string> Migrations => SqliteSchema.Migrations;

    public IDisposable? Occupy()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        return FileOccupation.Take(_path);
    }

    public int PrepareSchema() => Schema.Migrate(this);

    public IWriterSession OpenSession(long keptEvents) => new RowWriterSession(this, keptEvents);

    // A larger cache and rarer checkpoints than SQLite's own: the hot tables stay in memory, and a page is copied from the log once for many commits.
    public DbConnection OpenWriter() => Open(
        """
        PRAGMA page_size = 16384; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = OFF; PRAGMA temp_store = MEMORY;
        PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 2000; PRAGMA journal_size_limit = 67108864;
        """);

    public DbConnection OpenReader() => Open("PRAGMA query_only = ON; PRAGMA temp_store = MEMORY;");

    public DbTransaction BeginWrite(DbConnection connection) => connection.BeginTransaction(IsolationLevel.Serializable);

    public IRowStatement Prepare(DbConnection connection, string sql) => new SqliteStatement((SqliteConnection)connection, sql);

    public DbTransaction BeginSnapshot(DbConnection connection) => ((SqliteConnection)connection).BeginTransaction(deferred: true);

    public void Close(DbConnection writer) => Execute(writer, "PRAGMA wal_checkpoint(TRUNCATE);");

    private SqliteConnection Open(string settings)
    {
        var parts = new SqliteConnectionStringBuilder
        {
            DataSource = _path,
            Mode = SqliteOpenMode.ReadWriteCreate,

            // The store keeps its connections itself; a pool behind its back would keep the file open after it has closed.
            Pooling = false,
            ForeignKeys = false,
            DefaultTimeout = (int)Math.Ceiling(options.BusyTimeout.TotalSeconds),
        };
        var connection = new SqliteConnection(parts.ToString());
        try
        {
            connection.Open();
            var busy = ((long)options.BusyTimeout.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
            Execute(connection, $"PRAGMA busy_timeout = {busy}; {settings}");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static void Execute(DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
