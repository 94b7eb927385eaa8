using OrleansCluster.Embedded.Deterministic;
using OrleansCluster.Testing.Silos;

namespace OrleansCluster.Simulator.Workloads;

/// <summary>
/// Claims for a team of its own through all silos at the same moment, on nodes that differ: where there are two committers each is asked, and only together do they
/// know how much the team has. Nobody has started the tasks; their agents find that out, and the claims come back.
/// </summary>
internal sealed class Crowd(WorkloadContext context)
{
    /// <summary>Chance of its own, so that the other draws are what they were.</summary>
    private const ulong Stream = 0x63726F77;
    private const string Team = "crowd";
    private const int Maximum = 1500;
    private static readonly TimeSpan _shortestPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan _longestPause = TimeSpan.FromSeconds(5);

    private readonly SeededRandom _random = new(context.Cluster.Seed ^ Stream);
    private int _transactions;

    public bool HasFinished { get; private set; }

    public async Task Run()
    {
        var set = new TeamSet { Teams = [new TeamSpec { Name = Team, Maximum = new ResourceLimits { Cpu = Maximum } }] };
        await context.Ask(async silo => new Answer<TeamSet> { Refusal = await StateOf(silo).PutTeams(set), Value = set });
        while (!context.IsFinishing)
        {
            await context.Delay(_random.Between(_shortestPause, _longestPause));
            await Task.WhenAll(context.Cluster.Hosts.Select(host => host.Silo).OfType<SimulatedSilo>().Select(Claim));
        }

        HasFinished = true;
    }

    private async Task Claim(SimulatedSilo silo)
    {
        var transaction = Draw();
        context.Cluster.Invariants!.OnAsked(transaction);
        try
        {
            foreach (var outcome in await context.Try(silo, _ => StateOf(silo).Commit(transaction)))
                context.Cluster.Invariants.OnAnswer(outcome);
        }
        catch (Exception exception) when (exception is not ArgumentException)
        {
            // Whatever became of it, its claims are nobody's and come back.
        }
    }

    private ClaimTransaction Draw()
    {
        var number = ++_transactions;
        return new ClaimTransaction
        {
            Scheduler = Team,
            TransactionId = $"{number}",
            DecidedOn = ClusterVersion.None,
            Detection = ConflictDetection.Fine,
            Mode = CommitMode.Incremental,
            Claims =
            [
                new ClaimRequest
                {
                    TaskId = $"{Team}-{number}.claim.0",
                    Attempt = 1,
                    Node = _random.Pick(context.Cluster.Hosts.ToList()).Name,
                    Resources = new Resources(100 * _random.Between(2, 9), 64, 0),
                    Definition = "nothing:1",
                    Team = Team,
                },
            ],
        };
    }

    private IClusterStateGrain StateOf(SimulatedSilo silo) =>
        silo.Engine.GetGrain<IClusterStateGrain>(GrainKeys.Cluster(context.Cluster.Options.Cluster));
}
