using System.Data.Common;

namespace OrleansCluster.Grains.Storage.Sql;

/// <summary>Everything in which two databases differ; what reads them is written once, in SQL that both take.</summary>
internal interface ISqlDialect
{
    /// <summary>Which database it is, for messages: <c>SQLite file /var/lib/ocs/cluster.db</c>.</summary>
    string Description { get; }

    /// <summary>Whether a row is read by its key without waiting for another machine, so that it may be done on the caller's thread.</summary>
    bool ReadsAtOnce { get; }

    /// <summary>How often to look for events of other processes; <see langword="null"/> where no other process writes.</summary>
    TimeSpan? EventPolling { get; }

    /// <summary>
    /// Makes sure that nobody else uses the database in a way it does not bear; held until disposed. <see langword="null"/> where it bears others.
    /// </summary>
    /// <exception cref="InvalidOperationException">Somebody does; the message names the database and who.</exception>
    IDisposable? Occupy();

    /// <summary>Makes sure that the database has the schema that this program knows, and answers its version.</summary>
    /// <exception cref="InvalidOperationException">It has not; the message says what to do.</exception>
    int PrepareSchema();

    IWriterSession OpenSession(long keptEvents);

    DbConnection OpenReader();

    /// <summary>A connection for statements that each are a transaction of their own, beside the writer's session.</summary>
    DbConnection OpenWriter();

    /// <summary>The SQL expression of now, in whole seconds since 1970.</summary>
    string UnixTime { get; }

    /// <summary>Begins a transaction that sees one moment of the database and keeps no writer waiting.</summary>
    DbTransaction BeginSnapshot(DbConnection connection);
}
