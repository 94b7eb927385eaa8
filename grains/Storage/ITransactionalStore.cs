using System.Collections.Immutable;

namespace OrleansCluster.Grains.Storage;

/// <summary>
/// The durable truth: nodes, claims, grain states and events in one database, written in atomic units. SQLite and PostgreSQL share one
/// implementation; the simulator has its own.
/// </summary>
public interface ITransactionalStore
{
    /// <summary>
    /// Writes a unit whole or not at all, and returns when it is durable. Units that wait together are written in the order of their calls, in one
    /// database transaction; a unit whose ETags do not match is left out of it and answered as a conflict. A failure of the database itself
    /// throws <see cref="StoreUnavailableException"/>: the unit may or may not have been written, and the caller has to re-read.
    /// </summary>
    Task<CommitResult> Commit(CommitUnit unit, CancellationToken cancellationToken);

    Task<StateRow?> ReadState(string kind, string key, CancellationToken cancellationToken);

    /// <summary>What a state can be listed by, without the state itself: that of a large job has megabytes.</summary>
    Task<StateIndex?> ReadStateIndex(string kind, string key, CancellationToken cancellationToken);

    /// <summary>Ordered by key (ordinal); at most <see cref="StateQuery.Limit"/> rows.</summary>
    Task<ImmutableArray<StateRow>> ListStates(StateQuery query, CancellationToken cancellationToken);

    /// <summary>All nodes and claims of a cluster, as of one moment.</summary>
    Task<ClusterRows> ReadCluster(string cluster, CancellationToken cancellationToken);

    /// <summary>Events of a cluster with a sequence number above <paramref name="after"/>, oldest first, at most <paramref name="limit"/>.</summary>
    Task<ImmutableArray<EventRow>> ReadEvents(string cluster, long after, int limit, CancellationToken cancellationToken);

    /// <summary>The newest event's sequence number; 0 when there is none.</summary>
    Task<long> LastEvent(string cluster, CancellationToken cancellationToken);

    /// <summary>
    /// Returns when an event after <paramref name="after"/> is there, or after <paramref name="longest"/>: at once for an event of this process, a
    /// moment later for one of another.
    /// </summary>
    Task WaitForEvents(string cluster, long after, TimeSpan longest, CancellationToken cancellationToken);
}
