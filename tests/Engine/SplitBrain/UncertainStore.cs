using System.Collections.Immutable;
using OrleansCluster.Grains.Storage;

namespace OrleansCluster.Tests.Engine.SplitBrain;

/// <summary>A store that fails now and then: before it wrote, or after.</summary>
internal sealed class UncertainStore(ITransactionalStore store, int seed, int failPercent) : ITransactionalStore
{
    private readonly Random _random = new(seed);
    private readonly Lock _lock = new();

    public int Failures { get; private set; }

    public async Task<CommitResult> Commit(CommitUnit unit, CancellationToken cancellationToken)
    {
        var (before, after) = Draw();
        if (before)
            throw new StoreUnavailableException("failed before the write");
        var result = await store.Commit(unit, cancellationToken);
        return after ? throw new StoreUnavailableException("failed after the write") : result;
    }

    public Task<StateRow?> ReadState(string kind, string key, CancellationToken cancellationToken) => store.ReadState(kind, key, cancellationToken);

    public Task<ImmutableArray<StateRow>> ListStates(StateQuery query, CancellationToken cancellationToken) => store.ListStates(query, cancellationToken);

    public Task<ClusterRows> ReadCluster(string cluster, CancellationToken cancellationToken) => store.ReadCluster(cluster, cancellationToken);

    public Task<ImmutableArray<EventRow>> ReadEvents(string cluster, long after, int limit, CancellationToken cancellationToken) =>
        store.ReadEvents(cluster, after, limit, cancellationToken);

    public Task<long> LastEvent(string cluster, CancellationToken cancellationToken) => store.LastEvent(cluster, cancellationToken);

    public Task WaitForEvents(string cluster, long after, TimeSpan longest, CancellationToken cancellationToken) =>
        store.WaitForEvents(cluster, after, longest, cancellationToken);

    private (bool Before, bool After) Draw()
    {
        lock (_lock)
        {
            var drawn = _random.Next(100);
            if (drawn < failPercent)
                Failures++;
            return (drawn < failPercent / 2, drawn >= failPercent / 2 && drawn < failPercent);
        }
    }
}
