using System.Collections.Immutable;
using OrleansCluster.Grains.Storage;
using OrleansCluster.Testing.Silos;

namespace OrleansCluster.Testing.Storage;

/// <summary>One silo's connection to the database: its writes arrive in the order in which they were sent.</summary>
internal sealed class SiloStore(SimulatedDatabase database, SimulatedSilo silo) : ITransactionalStore
{
    private TimeSpan _lastWrite;

    public Task<CommitResult> Commit(CommitUnit unit, CancellationToken cancellationToken)
    {
        unit.Validate();
        return database.Commit(silo, unit, ref _lastWrite);
    }

    public Task<StateRow?> ReadState(string kind, string key, CancellationToken cancellationToken) =>
        database.Read(silo, store => store.ReadState(kind, key, CancellationToken.None));

    public Task<StateIndex?> ReadStateIndex(string kind, string key, CancellationToken cancellationToken) =>
        database.Read(silo, store => store.ReadStateIndex(kind, key, CancellationToken.None));

    public Task<ImmutableArray<StateRow>> ListStates(StateQuery query, CancellationToken cancellationToken) =>
        database.List(silo, query);

    public Task<ClusterRows> ReadCluster(string cluster, CancellationToken cancellationToken) =>
        database.Read(silo, store => store.ReadCluster(cluster, CancellationToken.None));

    public Task<ImmutableArray<EventRow>> ReadEvents(string cluster, long after, int limit, CancellationToken cancellationToken) =>
        database.Read(silo, store => store.ReadEvents(cluster, after, limit, CancellationToken.None));

    public Task<long> LastEvent(string cluster, CancellationToken cancellationToken) =>
        database.Read(silo, store => store.LastEvent(cluster, CancellationToken.None));

    public Task WaitForEvents(string cluster, long after, TimeSpan longest, CancellationToken cancellationToken) =>
        database.WaitForEvents(cluster, after, longest, cancellationToken);
}
