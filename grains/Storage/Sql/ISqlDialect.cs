using System.Collections.Immutable;
using System.Data.Common;

namespace OrleansCluster.Grains.Storage.Sql;

/// <summary>Everything in which two databases differ; the statements themselves are written once, in SQL that both take.</summary>
internal interface ISqlDialect
{
    /// <summary>Which database it is, for messages: <c>SQLite file /var/lib/ocs/cluster.db</c>.</summary>
    string Description { get; }

    /// <summary>Scripts that bring the schema from version <c>index</c> to <c>index + 1</c>; only ever appended to.</summary>
    ImmutableArray<string> Migrations { get; }

    /// <summary>Makes sure that nobody else uses the database in a way it does not bear; held until disposed.</summary>
    /// <exception cref="InvalidOperationException">Somebody does; the message names the database and who.</exception>
    IDisposable Occupy();

    DbConnection OpenWriter();

    DbConnection OpenReader();

    DbTransaction BeginWrite(DbConnection connection);

    /// <summary>Begins a transaction that sees one moment of the database and keeps no writer waiting.</summary>
    DbTransaction BeginSnapshot(DbConnection connection);

    /// <summary>Leaves the database tidy when the store closes.</summary>
    void Close(DbConnection writer);
}
