namespace OrleansCluster.Grains.Storage.Sql;

/// <summary>The writer's connection. After any failure it is thrown away and opened anew.</summary>
internal interface IWriterSession : IDisposable
{
    /// <summary>
    /// Writes a batch in one transaction, as if its units came one after the other, fills <paramref name="results"/> in its order, and answers the
    /// clusters' newest events.
    /// </summary>
    IReadOnlyList<KeyValuePair<string, long>> Write(List<PendingUnit> batch, List<CommitResult> results);

    /// <summary>Called once, when the store closes in order.</summary>
    void Close();
}
