using System.Collections.Immutable;
using OrleansCluster.Grains.Storage;

namespace OrleansCluster.Tests.Api.EndToEnd;

/// <summary>A store whose readers of the cluster state wait until they are let go.</summary>
internal sealed class HeldStore(ITransactionalStore inner) : ITransactionalStore, IDisposable
{
    private readonly TaskCompletionSource _letGo = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the first reader waits.</summary>
    public Task IsAskedFor => _asked.Task;

    public void LetGo() => _letGo.TrySetResult();

    public async Task<ClusterRows> ReadCluster(string cluster, CancellationToken cancellationToken)
    {
        _asked.TrySetResult();
        await _letGo.Task.WaitAsync(cancellationToken);
        return await inner.ReadCluster(cluster, cancellationToken);
    }

    public Task<CommitResult> Commit(CommitUnit unit, CancellationToken cancellationToken) => inner.Commit(unit, cancellationToken);

    public Task<StateRow?> ReadState(string kind, string key, CancellationToken cancellationToken) => inner.ReadState(kind, key, cancellationToken);

    public Task<ImmutableArray<StateRow>> ListStates(StateQuery query, CancellationToken cancellationToken) => inner.ListStates(query, cancellationToken);

    public Task<ImmutableArray<EventRow>> ReadEvents(string cluster, long after, int limit, CancellationToken cancellationToken) =>
        inner.ReadEvents(cluster, after, limit, cancellationToken);

    public Task<long> LastEvent(string cluster, CancellationToken cancellationToken) => inner.LastEvent(cluster, cancellationToken);

    public Task WaitForEvents(string cluster, long after, TimeSpan longest, CancellationToken cancellationToken) =>
        inner.WaitForEvents(cluster, after, longest, cancellationToken);

    public void Dispose() => (inner as IDisposable)?.Dispose();
}
