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
    private readonly SeededRandom _extras = RandomExtras.Chance(context.Cluster.Seed, 1);
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
                if (await context.Try(Decide) is { } transaction)
                    await Commit(transaction);
            }
            catch (Exception exception) when (exception is not ArgumentException)
            {
                // Whatever became of it, its claims are nobody's and come back.
            }
        }

        HasFinished = true;
    }

    private async Task<ClaimTransaction?> Decide(SimulatedSilo silo)
    {
        if (_snapshot is null || random.Chance(0.5))
            _snapshot = await StateOf(silo).Read(ClusterVersion.None, TimeSpan.Zero, CancellationToken.None);
        if (_snapshot.Nodes.IsEmpty)
            return null;
        return new ClaimTransaction
        {
            Scheduler = "rival",
            TransactionId = $"{++_transactions}",
            DecidedOn = _snapshot.Version,
            Detection = random.Chance(0.5) ? ConflictDetection.Coarse : ConflictDetection.Fine,
            Mode = random.Chance(0.5) ? CommitMode.AllOrNothing : CommitMode.Incremental,
            Claims = [.. Enumerable.Range(0, random.Between(1, 6)).Select(Draw)],
        };
    }

    /// <summary>Sometimes twice at once, through two silos.</summary>
    private Task Commit(ClaimTransaction transaction)
    {
        context.Cluster.Invariants!.OnAsked(transaction);
        return Task.WhenAll(Enumerable.Range(0, random.Chance(0.3) ? 2 : 1).Select(_ => context.Try(async silo =>
        {
            var outcomes = await StateOf(silo).Commit(transaction);
            foreach (var outcome in outcomes)
                context.Cluster.Invariants.OnAnswer(outcome);
            return outcomes;
        })));
    }

    private IClusterStateGrain StateOf(SimulatedSilo silo) => silo.Engine.GetGrain<IClusterStateGrain>(GrainKeys.Cluster(context.Cluster.Options.Cluster));

    private ClaimRequest Draw(int index)
    {
        var node = _snapshot!.Nodes[random.Below(_snapshot.Nodes.Length)];
        var claim = new ClaimRequest
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
        if (context.Focus.Places)
            claim = RandomPlacement.Draw(random, claim);
        return context.Focus.Shares ? RandomExtras.Draw(_extras, claim) : claim;
    }
}
