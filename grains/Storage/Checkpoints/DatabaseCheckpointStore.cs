using System.Collections.Immutable;
using System.Data.Common;
using Dapper;
using OrleansCluster.Grains.Storage.Sql;

namespace OrleansCluster.Grains.Storage.Checkpoints;

/// <summary>
/// A row each in the cluster's own database, written by one statement and beside the group commit: what claims and tasks wait for is not kept waiting by megabytes.
/// Each call has a connection of its own; there are few.
/// </summary>
internal sealed class DatabaseCheckpointStore(ISqlDialect dialect, ITransactionalStore opened) : ICheckpointStore
{
    /// <summary>The schema is there once the store is open.</summary>
    private readonly ITransactionalStore _opened = opened;

    public string Description => dialect.Description;

    public long LargestSize => CheckpointLimits.InDatabase;

    public Task Put(CheckpointKey key, Stream content, CancellationToken cancellationToken) => Run(dialect.OpenWriter, database =>
    {
        var bytes = new byte[content.Length - content.Position];
        content.ReadExactly(bytes);
        return database.Execute(
            $"""
            INSERT INTO checkpoint (cluster, path, stored_at, bytes) VALUES (@cluster, @path, {dialect.UnixTime}, @bytes)
            ON CONFLICT (cluster, path) DO UPDATE SET stored_at = excluded.stored_at, bytes = excluded.bytes
            """,
            new { cluster = key.Cluster, path = key.Path, bytes });
    });

    public Task<Stream?> Get(CheckpointKey key, CancellationToken cancellationToken) => Run(dialect.OpenReader, database =>
        database.ExecuteScalar<byte[]>("SELECT bytes FROM checkpoint WHERE cluster = @cluster AND path = @path", new { cluster = key.Cluster, path = key.Path }) is { } bytes
            ? new MemoryStream(bytes, writable: false) as Stream
            : null);

    public Task Delete(CheckpointKey key, CancellationToken cancellationToken) => Run(dialect.OpenWriter, database =>
        database.Execute("DELETE FROM checkpoint WHERE cluster = @cluster AND path = @path", new { cluster = key.Cluster, path = key.Path }));

    public Task<ImmutableArray<StoredCheckpoint>> List(string cluster, string after, int limit, CancellationToken cancellationToken) => Run(dialect.OpenReader, database =>
        database.Query<(string Path, long Size, long StoredAt)>(
            "SELECT path, length(bytes), stored_at FROM checkpoint WHERE cluster = @cluster AND path > @after ORDER BY path LIMIT @limit",
            new { cluster, after, limit })
            .Select(row => new StoredCheckpoint(CheckpointKey.Parse(cluster, row.Path)!, row.Size, DateTimeOffset.FromUnixTimeSeconds(row.StoredAt)))
            .ToImmutableArray());

    /// <summary>On another thread: drivers such as SQLite's block while they work, and a grain's turn must not.</summary>
    private async Task<T> Run<T>(Func<DbConnection> open, Func<DbConnection, T> work)
    {
        GC.KeepAlive(_opened);
        try
        {
            return await Task.Factory.StartNew(
                () =>
                {
                    using var database = open();
                    return work(database);
                },
                CancellationToken.None,
                TaskCreationOptions.DenyChildAttach,
                TaskScheduler.Default);
        }
        catch (DbException exception)
        {
            throw new StoreUnavailableException($"{dialect.Description} failed with a checkpoint: {exception.Message}", exception);
        }
    }
}
