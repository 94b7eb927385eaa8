using System.Collections.Immutable;
using OrleansCluster.Grains.Storage.Memory;

namespace OrleansCluster.Grains.Storage;

/// <summary>The store's semantics without its durability: for tests and simulations. Every call ends before it returns, on the caller's thread.</summary>
public sealed class InMemoryStore(TimeProvider clock) : ITransactionalStore
{
    private readonly Lock _lock = new();
    private readonly EventWatch _watch = new(clock, TaskCreationOptions.None);
    private MemoryTables _tables = MemoryTables.Empty;

    public Task<CommitResult> Commit(CommitUnit unit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        unit.Validate();
        long newest;
        lock (_lock)
        {
            // The tables are immutable: a unit that conflicts leaves the old ones in place, whatever it did before.
            var tables = _tables;
            if (tables.Apply(unit, out var conflict) is not { } written)
                return Task.FromResult(new CommitResult(conflict));
            _tables = written;
            newest = written.LastSequence;
        }

        if (unit.Events.Length > 0)
            _watch.Committed(unit.Cluster, newest);
        return Task.FromResult(CommitResult.Committed);
    }

    public Task<StateRow?> ReadState(string kind, string key, CancellationToken cancellationToken) =>
        Task.FromResult(Tables().States.GetValueOrDefault(kind)?.GetValueOrDefault(key));

    public Task<StateIndex?> ReadStateIndex(string kind, string key, CancellationToken cancellationToken) =>
        Task.FromResult(Tables().States.GetValueOrDefault(kind)?.GetValueOrDefault(key)?.Index);

    public Task<ImmutableArray<StateRow>> ListStates(StateQuery query, CancellationToken cancellationToken)
    {
        query.Validate();
        var rows = Tables().States.GetValueOrDefault(query.Kind)?.Values ?? [];
        return Task.FromResult<ImmutableArray<StateRow>>([.. rows.Where(row => Matches(query, row)).Take(query.Limit)]);
    }

    public Task<ClusterRows> ReadCluster(string cluster, CancellationToken cancellationToken)
    {
        var tables = Tables();
        var nodes = tables.Nodes.GetValueOrDefault(cluster)?.Values ?? [];
        var claims = tables.Claims.GetValueOrDefault(cluster)?.Values ?? [];
        return Task.FromResult(new ClusterRows([.. nodes], [.. claims]));
    }

    public Task<ImmutableArray<EventRow>> ReadEvents(string cluster, long after, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return Task.FromResult<ImmutableArray<EventRow>>([.. EventsOf(cluster).Where(row => row.Sequence > after).Take(limit)]);
    }

    public Task<long> LastEvent(string cluster, CancellationToken cancellationToken) =>
        Task.FromResult(EventsOf(cluster) is [.., var last] ? last.Sequence : 0);

    public Task WaitForEvents(string cluster, long after, TimeSpan longest, CancellationToken cancellationToken) =>
        _watch.Wait(cluster, after, longest, cancellationToken);

    /// <summary>How many states of a kind have that status in their index, in all clusters.</summary>
    internal int CountStates(string kind, string status) => Tables().States.GetValueOrDefault(kind)?.Values.Count(row => row.Index.Status == status) ?? 0;

    private ImmutableList<EventRow> EventsOf(string cluster) => Tables().Events.GetValueOrDefault(cluster) ?? [];

    private MemoryTables Tables()
    {
        lock (_lock)
            return _tables;
    }

    private static bool Matches(StateQuery query, StateRow row) =>
        row.Index.Cluster == query.Cluster
        && (query.Parent is null || row.Index.Parent == query.Parent)
        && (query.Status is null || row.Index.Status == query.Status)
        && (query.IsLive is null || row.Index.IsLive == query.IsLive)
        && (query.AfterKey is null || string.CompareOrdinal(row.Key, query.AfterKey) > 0);
}
