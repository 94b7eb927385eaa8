using System.Data.Common;

namespace OrleansCluster.Grains.Storage.Sql;

/// <summary>Writes a batch row by row, with statements that are made once.</summary>
internal sealed class RowWriterSession : IWriterSession
{
    private const string Savepoint = "unit";

    private readonly IRowDialect _dialect;
    private readonly DbConnection _connection;
    private readonly EventTable _events;
    private readonly UnitWriter _units;

    public RowWriterSession(IRowDialect dialect, long keptEvents)
    {
        _dialect = dialect;
        _connection = dialect.OpenWriter();
        _events = new EventTable(Prepare, keptEvents);
        _units = new UnitWriter(Prepare, _events);
    }

    /// <remarks>
    /// Conflicts are rare, and a savepoint for every unit makes the database keep a copy of every page it touches. So the units are written
    /// bare at first; only when one of them conflicts is all rolled back and written again, each in a savepoint of its own.
    /// </remarks>
    public IReadOnlyList<KeyValuePair<string, long>> Write(List<PendingUnit> batch, List<CommitResult> results) =>
        TryWriteBare(batch, results) ?? WriteGuarded(batch, results);

    public void Close() => _dialect.Close(_connection);

    public void Dispose()
    {
        _units.Dispose();
        _events.Dispose();
        _connection.Dispose();
    }

    private IRowStatement Prepare(string sql) => _dialect.Prepare(_connection, sql);

    private List<KeyValuePair<string, long>>? TryWriteBare(List<PendingUnit> batch, List<CommitResult> results)
    {
        using var transaction = _dialect.BeginWrite(_connection);
        _events.Begin();
        foreach (var pending in batch)
        {
            if (_units.Write(pending.Unit) is { } conflict)
            {
                transaction.Rollback();
                if (batch.Count > 1)
                    return null;
                results.Add(new CommitResult(conflict));
                return [];
            }
        }

        var newest = Commit(transaction);
        results.AddRange(Enumerable.Repeat(CommitResult.Committed, batch.Count));
        return newest;
    }

    private List<KeyValuePair<string, long>> WriteGuarded(List<PendingUnit> batch, List<CommitResult> results)
    {
        using var transaction = _dialect.BeginWrite(_connection);
        _events.Begin();
        foreach (var pending in batch)
        {
            transaction.Save(Savepoint);
            var conflict = _units.Write(pending.Unit);
            if (conflict is not null)
                transaction.Rollback(Savepoint);
            transaction.Release(Savepoint);
            results.Add(conflict is null ? CommitResult.Committed : new CommitResult(conflict));
        }

        return Commit(transaction);
    }

    private List<KeyValuePair<string, long>> Commit(DbTransaction transaction)
    {
        var newest = _events.Finish();
        transaction.Commit();
        _events.Committed();
        return newest;
    }
}
