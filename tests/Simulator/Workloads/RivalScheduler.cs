using System.Collections.Immutable;
using OrleansCluster.Embedded.Deterministic;
using OrleansCluster.Testing.Silos;

namespace OrleansCluster.Simulator.Workloads;

/// <summary>
/// A scheduler beside ours, on the same shared state: it claims on snapshots that may be old, in every mode, for tasks that nobody has started; their
/// agents find that out, and the claims are released.
/// </summary>
internal sealed class RivalScheduler(WorkloadContext context, SeededRandom random, bool draws)
{
    private int _transactions;
    private ClusterDelta? _snapshot;

    public bool HasFinished { get; private set; }

    public async Task Run()
    {
        while (draws && !context.IsFinishing)
        {
            await context.Delay(random.Between(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(15)));
            try
            {
                await context.Try(Claim);
            }
            catch (Exception exception) when (exception is not ArgumentException)
            {
                // Whatever became of it, its claims are nobody's and come back.
            }
        }

        HasFinished = true;
    }

    private async Task<bool> Claim(SimulatedSilo silo)
    {
        var cluster = context.Cluster.Options.Cluster;
        var state = silo.Engine.GetGrain<IClusterStateGrain>(GrainKeys.Cluster(cluster));
        if (_snapshot is null || random.Chance(0.5))
            _snapshot = await state.Read(ClusterVersion.None, TimeSpan.Zero, CancellationToken.None);
        if (_snapshot.Nodes.IsEmpty)
            return false;
        var transaction = new ClaimTransaction
        {
            Scheduler = "rival",
            TransactionId = $"{++_transactions}",
            DecidedOn = _snapshot.Version,
            Detection = random.Chance(0.5) ? ConflictDetection.Coarse : ConflictDetection.Fine,
            Mode = random.Chance(0.5) ? CommitMode.AllOrNothing : CommitMode.Incremental,
            Claims = [.. Enumerable.Range(0, random.Between(1, 6)).Select(Draw)],
        };
        var outcomes = await state.Commit(transaction);
        var committed = outcomes.Count(outcome => outcome.IsCommitted);
        if (transaction.Mode == CommitMode.AllOrNothing && committed > 0 && committed < outcomes.Length)
            context.Cluster.World.Violate($"transaction {transaction.Name} is all or nothing, and {committed} of its {outcomes.Length} claims were committed");
        return true;
    }

    private ClaimRequest Draw(int index)
    {
        var node = _snapshot!.Nodes[random.Below(_snapshot.Nodes.Length)];
        return new ClaimRequest
        {
            TaskId = $"rival-{_transactions}.claim.{index}",
            Attempt = 1,
            Node = node.Name,
            Resources = new Resources(100 * random.Between(1, 10), 64 * random.Between(1, 10), 0),
            Ports = random.Chance(0.3) ? [new HostPort(8000 + random.Below(3), PortProtocol.Tcp)] : ImmutableArray<HostPort>.Empty,
            Definition = "nothing:1",
            Team = "rival",
            NodeETag = node.ETag,
        };
    }
}
