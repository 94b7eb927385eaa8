using System.Collections.Immutable;
using OrleansCluster.Grains.Storage;

namespace OrleansCluster.Tests.Shared;

/// <summary>A store that passes everything on; tests override what is to go another way.</summary>
internal abstract class StoreDecorator(ITransactionalStore inner) : ITransactionalStore, IDisposable
{
    /// <summary>Every call goes through here first.</summary>
    protected virtual ITransactionalStore Inner => inner;

    public virtual Task<CommitResult> Commit(CommitUnit unit, CancellationToken cancellationToken) => Inner.Commit(unit, cancellationToken);

    public virtual Task<ClusterRows> ReadCluster(string cluster, CancellationToken cancellationToken) => Inner.ReadCluster(cluster, cancellationToken);

    public Task<StateRow?> ReadState(string kind, string key, CancellationToken cancellationToken) => Inner.ReadState(kind, key, cancellationToken);

    public Task<StateIndex?> ReadStateIndex(string kind, string key, CancellationToken cancellationToken) => Inner.ReadStateIndex(kind, key, cancellationToken);

    public Task<ImmutableArray<StateRow>> ListStates(StateQuery query, CancellationToken cancellationToken) => Inner.ListStates(query, cancellationToken);

    public Task<ImmutableArray<EventRow>> ReadEvents(string cluster, long after, int limit, CancellationToken cancellationToken) =>
        Inner.ReadEvents(cluster, after, limit, cancellationToken);

    public Task<long> LastEvent(string cluster, CancellationToken cancellationToken) => Inner.LastEvent(cluster, cancellationToken);

    public Task WaitForEvents(string cluster, long after, TimeSpan longest, CancellationToken cancellationToken) =>
        Inner.WaitForEvents(cluster, after, longest, cancellationToken);

    public void Dispose() => (inner as IDisposable)?.Dispose();
}
