using System.Data.Common;
using System.Globalization;

namespace OrleansCluster.Grains.Storage.Sql;

/// <summary>Appends events and keeps their number near a limit, by deleting the oldest in the transactions that add new ones.</summary>
internal sealed class EventTable : IDisposable
{
    private readonly EventPruning _pruning;
    private readonly Statement _insert;
    private readonly Statement _newest;
    private readonly Statement _newestOfCluster;
    private readonly Statement _prune;
    private readonly HashSet<string> _clusters = [];
    private long? _deletedBefore;
    private int _appended;

    public EventTable(DbConnection connection, long kept)
    {
        _insert = Statement.Insert(connection, "event", "cluster, time, type, subject, job, json");
        _newest = new Statement(connection, "SELECT max(seq) FROM event");
        _newestOfCluster = new Statement(connection, "SELECT max(seq) FROM event WHERE cluster = @cluster");
        _prune = new Statement(connection, "DELETE FROM event WHERE seq < @before");
        using var oldest = new Statement(connection, "SELECT min(seq) FROM event");
        _pruning = new EventPruning(kept, oldest.Scalar() is { } first ? ToLong(first) : 1);
    }

    public void Use(DbTransaction transaction)
    {
        foreach (var statement in (ReadOnlySpan<Statement>)[_insert, _newest, _newestOfCluster, _prune])
            statement.Use(transaction);
        _clusters.Clear();
        _appended = 0;
        _deletedBefore = null;
    }

    public string? Append(string cluster, EventDraft draft)
    {
        _insert.Execute(cluster, draft.Time.UtcTicks, draft.Type, draft.Subject, draft.Job, draft.Json);
        _clusters.Add(cluster);
        _appended++;
        return null;
    }

    /// <summary>The last step of a transaction; answers the newest event of each cluster that got some.</summary>
    public List<KeyValuePair<string, long>> Finish()
    {
        if (_appended == 0)
            return [];
        _deletedBefore = _pruning.Before(ToLong(_newest.Scalar() ?? 0L), _appended);
        if (_deletedBefore is { } before)
            _prune.Execute(before);
        return [.. _clusters.Select(cluster => KeyValuePair.Create(cluster, ToLong(_newestOfCluster.Scalar(cluster) ?? 0L)))];
    }

    public void Committed()
    {
        if (_deletedBefore is { } before)
            _pruning.Deleted(before);
    }

    public void Dispose()
    {
        foreach (var statement in (ReadOnlySpan<Statement>)[_insert, _newest, _newestOfCluster, _prune])
            statement.Dispose();
    }

    private static long ToLong(object value) => Convert.ToInt64(value, CultureInfo.InvariantCulture);
}
