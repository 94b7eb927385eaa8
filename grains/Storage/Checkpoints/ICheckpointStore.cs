using System.Collections.Immutable;

namespace OrleansCluster.Grains.Storage.Checkpoints;

/// <summary>
/// Where the bytes of checkpoints are. What they are worth is said in their task's record, which is written afterwards: bytes that no record names are nobody's.
/// A failure of the store throws <see cref="StoreUnavailableException"/>; a put that failed may have been stored all the same.
/// </summary>
public interface ICheckpointStore
{
    /// <summary>In words: <c>the database</c>, <c>folder /var/lib/ocs/checkpoints</c>, <c>bucket backups</c>.</summary>
    string Description { get; }

    /// <summary>Bytes that one checkpoint may have here.</summary>
    long LargestSize { get; }

    /// <summary>Stores all of it or nothing; durable when it returns. The same key again replaces what was there.</summary>
    /// <param name="content">Read from its position to its end; it can seek.</param>
    Task Put(CheckpointKey key, Stream content, CancellationToken cancellationToken);

    /// <summary>The bytes from their beginning, or <see langword="null"/> where there are none. The caller disposes the stream.</summary>
    Task<Stream?> Get(CheckpointKey key, CancellationToken cancellationToken);

    /// <summary>What is gone already is deleted.</summary>
    Task Delete(CheckpointKey key, CancellationToken cancellationToken);

    /// <summary>A cluster's checkpoints in the order of their paths (ordinal), at most <paramref name="limit"/>; no half of one is among them.</summary>
    /// <param name="after">The path of the last one known; empty to begin.</param>
    Task<ImmutableArray<StoredCheckpoint>> List(string cluster, string after, int limit, CancellationToken cancellationToken);
}
