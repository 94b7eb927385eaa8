using System.Text.Json;

namespace OrleansCluster.Grains.Storage;

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
    public const string Node = "node-holder";

    /// <summary>A cluster's committer that holds it no longer has missed what another one has written.</summary>
    public const string Cluster = "cluster-holder";

    /// <summary>A job that may have a few instances of a task at a time starts none where another activation may have started some since they were counted.</summary>
    public const string Job = "job-holder";

    /// <summary>Who offers a cluster's resources takes what another one has offered for left behind.</summary>
    public const string Offers = "offers-holder";

    private const int Tries = 5;

    private long _etag;

    /// <summary>From here on no other activation's look into the store succeeds.</summary>
    /// <exception cref="StoreUnavailableException">It is not known who holds it now.</exception>
    public async Task Take(CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= Tries; attempt++)
        {
            var (row, hold) = await Read(cancellationToken);
            if (await Write(row, hold with { Holder = holder }, cancellationToken))
            {
                _etag = (row?.ETag ?? 0) + 1;
                return;
            }
        }

        throw new StoreUnavailableException($"The hold of {key} lost {Tries} races in the store; try again.");
    }

    /// <summary>What makes a unit a conflict where another activation has taken the grain since. For a hold that nothing but taking it changes.</summary>
    public StateCheck ToCheck() => new(kind, key, _etag);

    /// <exception cref="StoreUnavailableException">The store cannot be asked.</exception>
    public async Task<bool> IsMine(CancellationToken cancellationToken) => (await Read(cancellationToken)).Hold.Holder == holder;

    /// <summary>
    /// Numbers the agents that come one after the other: the same process gets its number again, another one a higher number. So what one of them said
    /// and comes late is not taken for its successor's word. Null where another activation holds the grain.
    /// </summary>
    /// <exception cref="StoreUnavailableException">It may or may not have got its number; asking again gives the same.</exception>
    public async Task<AgentRun?> RunOf(string process, string incarnation, CancellationToken cancellationToken)
    {
        var (row, hold) = await Read(cancellationToken);
        if (hold.Holder != holder)
            return null;
        if (hold.Process == process)
            return hold.Run;
        var number = hold.Run.Number + 1;
        var run = new AgentRun(number, hold.Incarnation == incarnation ? hold.Run.Incarnation : number);
        return await Write(row, hold with { Process = process, Incarnation = incarnation, Run = run }, cancellationToken) ? run : null;
    }

    private async Task<(StateRow? Row, Hold Hold)> Read(CancellationToken cancellationToken)
    {
        var row = await store.ReadState(kind, key, cancellationToken);
        return (row, row is null ? new Hold() : JsonSerializer.Deserialize<Hold>(row.Json, StoreJson.Options)!);
    }

    private async Task<bool> Write(StateRow? row, Hold hold, CancellationToken cancellationToken)
    {
        var write = new StateWrite { Kind = kind, Key = key, ExpectedETag = row?.ETag ?? 0, Json = JsonSerializer.Serialize(hold, StoreJson.Options) };
        return (await store.Commit(new CommitUnit { Cluster = "", States = [write] }, cancellationToken)).IsCommitted;
    }

    /// <param name="Holder">The activation.</param>
    /// <param name="Process">The agent's that registered last.</param>
    /// <param name="Incarnation">Of its host.</param>
    private sealed record Hold(string Holder = "", string Process = "", string Incarnation = "", AgentRun Run = default);
}
