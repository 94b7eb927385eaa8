using System.Collections.Immutable;
using OrleansCluster.Embedded.Deterministic;
using OrleansCluster.Testing.Silos;

namespace OrleansCluster.Simulator.Workloads.Frameworks;

/// <summary>
/// Launches on what is offered to others, as the nodes' claims show it, and on forged offers of its own, and declines for others. What it asks for on another's offers is refused as a whole, so that the
/// offers stand; on forged ones nothing is claimed.
/// </summary>
internal sealed class StealingFramework(WorkloadContext context, string name, SeededRandom random) : FrameworkBehaviour(context, name, random)
{
    private const int MostLaunches = 30;
    private const int AtOnce = 4;
    private static readonly TimeSpan _longestPause = TimeSpan.FromMilliseconds(200);
    private int _launches;

    protected override FrameworkSpec Spec => new() { Name = Name, FailoverTimeout = 100_000 };

    protected override async Task Act()
    {
        await Context.Delay(Random.Between(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(3)));
        if (_launches >= MostLaunches || await Look() is not { } claim)
            return;
        var stolen = claim.TaskId;
        var forged = $"{Name}{stolen[OfferId.FrameworkOf(stolen).Length..]}";
        switch (Random.Below(4))
        {
            case 0:
                await Try(framework => framework.Decline([stolen], Random.Below(60)));
                break;
            case 1:
                await Launch(claim.Node, [forged], isStolen: false);
                break;
            case 2:
                await Launch(claim.Node, [forged, stolen], isStolen: true);
                break;
            default:
                await Launch(claim.Node, [stolen], isStolen: true);
                break;
        }
    }

    /// <summary>It goes on launching, on what is free.</summary>
    protected override Task Resist() => Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async _ =>
    {
        await Context.Delay(Random.Between(TimeSpan.Zero, _longestPause));
        var launch = new FrameworkLaunch { TransactionId = $"{++_launches}", Tasks = [Draw(PickNode(), "sleep 10000000")] };
        await Try(framework => framework.Launch(launch));
    }));

    /// <summary>An offer on one of the nodes.</summary>
    private async Task<Claim?> Look()
    {
        try
        {
            var claims = await Context.Try(async silo => await Task.WhenAll(Context.Cluster.Hosts.Select(host => StateOf(silo).ReadNode(host.Name))));
            var offers = claims.SelectMany(node => node?.Claims ?? []).Where(claim => claim.IsOffer).ToList();
            return offers.Count == 0 ? null : Random.Pick(offers);
        }
        catch (Exception exception) when (exception is not ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Sometimes without tasks: only to take from the other what it has.</summary>
    private async Task Launch(string node, ImmutableArray<string> offers, bool isStolen)
    {
        var launch = new FrameworkLaunch
        {
            TransactionId = $"{++_launches}",
            Offers = offers,
            Tasks = [.. Enumerable.Range(0, Random.Between(0, 2)).Select(_ => Draw(node, "sleep 10"))],
        };
        if (await Try(framework => framework.Launch(launch)) is not { } answer)
            return;
        Context.Cluster.World.Trace.Add($"framework {Name} launches {launch.Tasks.Length} tasks on {string.Join(", ", offers)}: {answer.Refusal?.Title ?? "not refused"}");
        if (isStolen && answer.IsAccepted)
            Violate($"was not refused when it launched on {string.Join(", ", offers)}");
        if (answer.Value?.Tasks.FirstOrDefault(task => task.IsCommitted) is { } committed)
            Violate($"has launched {committed.Task} on {string.Join(", ", offers)}");
    }

    private IClusterStateGrain StateOf(SimulatedSilo silo) => silo.Engine.GetGrain<IClusterStateGrain>(GrainKeys.Cluster(Context.Cluster.Options.Cluster));
}
