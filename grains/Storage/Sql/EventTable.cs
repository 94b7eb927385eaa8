namespace OrleansCluster.Grains.Storage.Sql;

/// <summary>Appends events and keeps their number near a limit, by deleting the oldest in the transactions that add new ones.</summary>
internal sealed class EventTable : IDisposable
{
    private readonly EventPruning _pruning;
    private readonly IRowStatement _insert;
    private readonly IRowStatement _newest;
    private readonly IRowStatement _newestOfCluster;
    private readonly IRowStatement _prune;
    private readonly HashSet<string> _clusters = [];
    private long? _deletedBefore;
    private int _appended;

    public EventTable(Func<string, IRowStatement> prepare, long kept)
    {
        _insert = prepare(RowStatements.Insert("event", "cluster, time, type, subject, job, json"));
        _newest = prepare("SELECT max(seq) FROM event");
        _newestOfCluster = prepare("SELECT max(seq) FROM event WHERE cluster = @cluster");
        _prune = prepare("DELETE FROM event WHERE seq < @before");
        using var oldest = prepare("SELECT min(seq) FROM event");
        _pruning = new EventPruning(kept, oldest.Scalar() ?? 1);
    }

    /// <summary>A transaction has begun.</summary>
    public void Begin()
    {
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
        _deletedBefore = _pruning.Before(_newest.Scalar() ?? 0, _appended);
        if (_deletedBefore is { } before)
            _prune.Execute(before);
        return [.. _clusters.Select(cluster => KeyValuePair.Create(cluster, _newestOfCluster.Scalar(cluster) ?? 0))];
    }

    public void Committed()
    {
        if (_deletedBefore is { } before)
            _pruning.Deleted(before);
    }

    public void Dispose()
    {
        foreach (var statement in (ReadOnlySpan<IRowStatement>)[_insert, _newest, _newestOfCluster, _prune])
            statement.Dispose();
    }
}
