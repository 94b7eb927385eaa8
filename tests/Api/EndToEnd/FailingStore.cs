using System.Collections.Immutable;
using OrleansCluster.Grains.Storage;

namespace OrleansCluster.Tests.Api.EndToEnd;

/// <summary>A store that loses the answers to some commits: they are written, and the caller is told that nobody knows.</summary>
internal sealed class FailingStore(ITransactionalStore inner) : ITransactionalStore, IDisposable
{
    /// <summary>Which commits fail; asked about each.</summary>
    public Func<CommitUnit, bool> Fails { get; set; } = _ => false;

    public async Task<CommitResult> Commit(CommitUnit unit, CancellationToken cancellationToken)
    {
        var result = await inner.Commit(unit, cancellationToken);
        return Fails(unit) ? throw new StoreUnavailableException("The answer got lost.") : result;
    }

    public Task<ClusterRows> ReadCluster(string cluster, CancellationToken cancellationToken) => inner.ReadCluster(cluster, cancellationToken);

    public Task<StateRow?> ReadState(string kind, string key, CancellationToken cancellationToken) => inner.ReadState(kind, key, cancellationToken);

    public Task<ImmutableArray<StateRow>> ListStates(StateQuery query, CancellationToken cancellationToken) => inner.ListStates(query, cancellationToken);

    public Task<ImmutableArray<EventRow>> ReadEvents(string cluster, long after, int limit, CancellationToken cancellationToken) =>
        inner.ReadEvents(cluster, after, limit, cancellationToken);

    public Task<long> LastEvent(string cluster, CancellationToken cancellationToken) => inner.LastEvent(cluster, cancellationToken);

    public Task WaitForEvents(string cluster, long after, TimeSpan longest, CancellationToken cancellationToken) =>
        inner.WaitForEvents(cluster, after, longest, cancellationToken);

    public void Dispose() => (inner as IDisposable)?.Dispose();
}
