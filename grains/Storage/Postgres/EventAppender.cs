using System.Data.Common;
using Npgsql;
using OrleansCluster.Grains.Storage.Sql;
using OrleansCluster.Grains.Storage.Sql.Folding;

namespace OrleansCluster.Grains.Storage.Postgres;

/// <summary>
/// Appends events as the last thing that a transaction does. Their numbers are taken under a lock that ends when the transaction has become
/// visible, so whoever has read one number will never see a smaller one appear; and the commit is in the same message to the server, so that no
/// writer who comes to a halt keeps the others waiting.
/// </summary>
internal sealed class EventAppender
{
    private static readonly RowsStatement<FoldedEvent> _append = new(
        """
        WITH newest AS (SELECT coalesce(max(seq), 0) AS seq FROM event),
        added AS (
            INSERT INTO event (seq, cluster, time, type, subject, job, json)
            SELECT newest.seq + row_number() OVER (), cluster, time, type, subject, job, json FROM newest, {rows}
            RETURNING cluster, seq)
        SELECT cluster, max(seq) FROM added GROUP BY cluster
        """,
        Column<FoldedEvent>.Text("cluster", row => row.Cluster),
        Column<FoldedEvent>.Bigint("time", row => row.Draft.Time.UtcTicks),
        Column<FoldedEvent>.Text("type", row => row.Draft.Type),
        Column<FoldedEvent>.Text("subject", row => row.Draft.Subject),
        Column<FoldedEvent>.Text("job", row => row.Draft.Job),
        Column<FoldedEvent>.Text("json", row => row.Draft.Json));

    private readonly EventPruning _pruning;
    private long _newest;
    private long? _deletedBefore;

    public EventAppender(NpgsqlConnection connection, long kept)
    {
        using var command = new NpgsqlCommand("SELECT coalesce(min(seq), 1), coalesce(max(seq), 0) FROM event", connection);
        using var row = command.ExecuteReader();
        row.Read();
        _pruning = new EventPruning(kept, row.GetInt64(0));
        _newest = row.GetInt64(1);
    }

    public IEnumerable<NpgsqlBatchCommand> Append(List<FoldedEvent> events)
    {
        yield return new NpgsqlBatchCommand($"SELECT pg_advisory_xact_lock({AdvisoryLocks.Events}, {AdvisoryLocks.OfThisSchema})");
        yield return _append.For(events);

        // Others append too: what they have added is counted the next time.
        _deletedBefore = _pruning.Before(_newest + events.Count, events.Count);
        if (_deletedBefore is { } before)
            yield return new NpgsqlBatchCommand("DELETE FROM event WHERE seq < $1") { Parameters = { new NpgsqlParameter<long> { TypedValue = before } } };
    }

    /// <summary>Reads the clusters' newest events from what <see cref="Append"/> answered.</summary>
    public static List<KeyValuePair<string, long>> Read(DbDataReader answers)
    {
        var newest = new List<KeyValuePair<string, long>>();
        answers.NextResult();
        while (answers.Read())
            newest.Add(KeyValuePair.Create(answers.GetString(0), answers.GetInt64(1)));
        return newest;
    }

    public void Committed(List<KeyValuePair<string, long>> newest)
    {
        _newest = newest.Max(pair => pair.Value);
        if (_deletedBefore is { } before)
            _pruning.Deleted(before);
    }
}
