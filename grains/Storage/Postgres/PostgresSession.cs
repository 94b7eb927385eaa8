using Npgsql;
using OrleansCluster.Grains.Storage.Sql;
using OrleansCluster.Grains.Storage.Sql.Folding;

namespace OrleansCluster.Grains.Storage.Postgres;

/// <summary>
/// Writes a batch in two messages to the server: all its rows, and the events with the commit. Units are believed at first; where a row count tells
/// that one of them was wrong, what they touch is locked and read, and the batch is written again without those that conflict.
/// </summary>
internal sealed class PostgresSession(NpgsqlConnection connection, long keptEvents) : IWriterSession
{
    /// <summary>A batch written anew this often without success is given up: others change its rows faster than it can look.</summary>
    private const int LargestAttempts = 10;

    private readonly EventAppender _events = new(connection, keptEvents);

    public IReadOnlyList<KeyValuePair<string, long>> Write(List<PendingUnit> batch, List<CommitResult> results)
    {
        var isExact = false;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                results.Clear();
                if (TryWrite(batch, results, isExact) is { } newest)
                    return newest;
                isExact = true;
            }
            catch (PostgresException exception) when (
                exception.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure && attempt < LargestAttempts)
            {
                Execute("ROLLBACK");
            }

            if (attempt == LargestAttempts)
                throw new InvalidOperationException($"what {batch.Count} units touch was changed by others {attempt} times while they were being written");
        }
    }

    public void Close()
    {
    }

    public void Dispose() => connection.Dispose();

    /// <summary>Answers <see langword="null"/> when something was not as believed; nothing is then written, and no transaction open.</summary>
    private List<KeyValuePair<string, long>>? TryWrite(List<PendingUnit> batch, List<CommitResult> results, bool isExact)
    {
        var fold = new BatchFold(isExact);
        if (isExact)
            Load(fold, batch);
        foreach (var pending in batch)
        {
            var conflict = fold.Add(pending.Unit);
            if (conflict is not null && !isExact)
                return null;
            results.Add(conflict is null ? CommitResult.Committed : new CommitResult(conflict));
        }

        if (TryWriteRows(fold, isBegun: isExact) is not { } isBegun)
            return null;
        return Commit(fold, isBegun);
    }

    private void Load(BatchFold fold, List<PendingUnit> batch)
    {
        using var messages = new NpgsqlBatch(connection);
        foreach (var command in (IEnumerable<NpgsqlBatchCommand>)[new("BEGIN"), .. StoreTables.Lock(batch.Select(pending => pending.Unit))])
            messages.BatchCommands.Add(command);
        using var rows = messages.ExecuteReader();
        foreach (var load in (ReadOnlySpan<Action<string, string, long>>)[fold.Nodes.Load, fold.Claims.Load, fold.States.Load])
        {
            while (rows.Read())
                load(rows.GetString(0), rows.GetString(1), rows.GetInt64(2));
            rows.NextResult();
        }
    }

    /// <summary>Answers whether a transaction is open; <see langword="null"/> when a row count was not as it should.</summary>
    private bool? TryWriteRows(BatchFold fold, bool isBegun)
    {
        var commands = StoreTables.Write(fold);
        if (commands.Count == 0)
            return isBegun;
        using var messages = new NpgsqlBatch(connection);
        if (!isBegun)
            messages.BatchCommands.Add(new NpgsqlBatchCommand("BEGIN"));
        foreach (var command in commands)
            messages.BatchCommands.Add(command.Command);
        messages.ExecuteNonQuery();
        if (commands.TrueForAll(command => command.IsTrue))
            return true;
        Execute("ROLLBACK");
        return null;
    }

    private List<KeyValuePair<string, long>> Commit(BatchFold fold, bool isBegun)
    {
        if (fold.Events.Count == 0)
        {
            if (isBegun)
                Execute("COMMIT");
            return [];
        }

        using var messages = new NpgsqlBatch(connection);
        if (!isBegun)
            messages.BatchCommands.Add(new NpgsqlBatchCommand("BEGIN"));
        foreach (var command in _events.Append(fold.Events))
            messages.BatchCommands.Add(command);
        messages.BatchCommands.Add(new NpgsqlBatchCommand("COMMIT"));
        var newest = ReadNewest(messages);
        _events.Committed(newest);
        return newest;
    }

    private static List<KeyValuePair<string, long>> ReadNewest(NpgsqlBatch messages)
    {
        using var answers = messages.ExecuteReader();
        var newest = EventAppender.Read(answers);

        // The commit's answer is the last one: its failure has to be seen here.
        while (answers.NextResult())
        {
        }

        return newest;
    }

    private void Execute(string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
