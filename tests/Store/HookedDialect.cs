using System.Collections.Immutable;
using System.Data.Common;
using OrleansCluster.Grains.Storage.Sql;

namespace OrleansCluster.Tests.Store;

/// <summary>A dialect whose writer connections a test prepares to fail.</summary>
internal sealed class HookedDialect(IRowDialect inner) : IRowDialect
{
    /// <summary>Is given each new writer connection.</summary>
    public Action<DbConnection> OnOpenWriter { get; set; } = _ => { };

    public string Description => inner.Description;

    public bool ReadsAtOnce => inner.ReadsAtOnce;

    public TimeSpan? EventPolling => inner.EventPolling;

    public string UnixTime => inner.UnixTime;

    public ImmutableArray<string> Migrations => inner.Migrations;

    public IDisposable? Occupy() => inner.Occupy();

    public int PrepareSchema() => Schema.Migrate(this);

    public IWriterSession OpenSession(long keptEvents) => new RowWriterSession(this, keptEvents);

    public DbConnection OpenWriter()
    {
        var connection = inner.OpenWriter();
        OnOpenWriter(connection);
        return connection;
    }

    public DbConnection OpenReader() => inner.OpenReader();

    public DbTransaction BeginWrite(DbConnection connection) => inner.BeginWrite(connection);

    public IRowStatement Prepare(DbConnection connection, string sql) => inner.Prepare(connection, sql);

    public DbTransaction BeginSnapshot(DbConnection connection) => inner.BeginSnapshot(connection);

    public void Close(DbConnection writer) => inner.Close(writer);
}
