using System.Collections.Immutable;

namespace OrleansCluster.Grains.Storage.Checkpoints;

/// <summary>For tests and simulations: every call ends before it returns, on the caller's thread.</summary>
public sealed class InMemoryCheckpointStore(TimeProvider clock) : ICheckpointStore
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<(string Cluster, string Path), (byte[] Bytes, DateTimeOffset StoredAt)> _all = new(
        Comparer<(string Cluster, string Path)>.Create((a, b) =>
            string.CompareOrdinal(a.Cluster, b.Cluster) is var order and not 0 ? order : string.CompareOrdinal(a.Path, b.Path)));

    public string Description => "memory";

    public long LargestSize { get; init; } = 16 << 20;

    public Task Put(CheckpointKey key, Stream content, CancellationToken cancellationToken)
    {
        using var copy = new MemoryStream();
        content.CopyTo(copy);
        lock (_lock)
            _all[(key.Cluster, key.Path)] = (copy.ToArray(), clock.GetUtcNow());
        return Task.CompletedTask;
    }

    public Task<Stream?> Get(CheckpointKey key, CancellationToken cancellationToken)
    {
        lock (_lock)
            return Task.FromResult<Stream?>(_all.TryGetValue((key.Cluster, key.Path), out var found) ? new MemoryStream(found.Bytes, writable: false) : null);
    }

    public Task Delete(CheckpointKey key, CancellationToken cancellationToken)
    {
        lock (_lock)
            _all.Remove((key.Cluster, key.Path));
        return Task.CompletedTask;
    }

    public Task<ImmutableArray<StoredCheckpoint>> List(string cluster, string after, int limit, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult<ImmutableArray<StoredCheckpoint>>([.. _all
                .Where(entry => entry.Key.Cluster == cluster && string.CompareOrdinal(entry.Key.Path, after) > 0)
                .Take(limit)
                .Select(entry => new StoredCheckpoint(CheckpointKey.Parse(cluster, entry.Key.Path)!, entry.Value.Bytes.Length, entry.Value.StoredAt))]);
        }
    }
}
