using OrleansCluster.Grains.Storage;

namespace OrleansCluster.Grains.ResourceManagement;

/// <summary>
/// Which of a grain's activations is the last: the one that wrote itself into the store last. There can be two for a while, one of them on a silo that
/// the others have given up, or that the directory has forgotten.
/// </summary>
internal sealed class ActivationHold(ITransactionalStore store, string kind, string key, string holder)
{
    /// <summary>
    /// A node's grain may grant leases while it holds the node: the agent of another must not go on for ever on leases that nobody else knows of. A lease
    /// is granted only after a look into the store, and a new holder declares the node lost only when a lease that was granted just before it took over
    /// has run out.
    /// </summary>
    public const string Node = "node-hold";

    /// <summary>A cluster's committer that holds it no longer has missed what another one has written.</summary>
    public const string Cluster = "cluster-hold";

    private const int Tries = 5;
    private long _etag;

    /// <summary>From here on no other activation's look into the store succeeds.</summary>
    /// <exception cref="StoreUnavailableException">It is not known who holds the node now.</exception>
    public async Task Take(CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= Tries; attempt++)
        {
            var found = await store.ReadState(kind, key, cancellationToken);
            var write = new StateWrite { Kind = kind, Key = key, ExpectedETag = found?.ETag ?? 0, Json = $"\"{holder}\"" };
            var result = await store.Commit(new CommitUnit { Cluster = "", States = [write] }, cancellationToken);
            if (!result.IsCommitted)
                continue;
            _etag = write.ExpectedETag + 1;
            return;
        }

        throw new StoreUnavailableException($"The hold of {key} lost {Tries} races in the store; try again.");
    }

    /// <exception cref="StoreUnavailableException">The store cannot be asked.</exception>
    public async Task<bool> IsMine(CancellationToken cancellationToken) =>
        (await store.ReadState(kind, key, cancellationToken))?.ETag == _etag;
}
