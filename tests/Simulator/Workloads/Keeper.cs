using OrleansCluster.Embedded.Deterministic;
using OrleansCluster.Grains.Services;
using OrleansCluster.Testing.Silos;

namespace OrleansCluster.Simulator.Workloads;

/// <summary>Has a service kept up: deploys good and broken revisions, scales it, takes it back; sees to it that it comes to rest when nothing goes wrong any more, and removes it.</summary>
/// <param name="isCalled">Its tasks are reached from outside, and much is done to it after the faults have ended, when no request may get lost for that.</param>
internal sealed class Keeper(WorkloadContext context, string name, SeededRandom random, bool isCalled = false)
{
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(2);

    /// <summary>Longer than a message may be under way.</summary>
    private static readonly TimeSpan _longestWay = TimeSpan.FromSeconds(60);

    /// <summary>Small enough to find room beside all that is there, and never where it is stuck.</summary>
    private const int LargestCount = 4;

    private readonly SeededRandom _moves = RandomRebalancing.Chance(context.Cluster.Seed, name);
    private readonly SeededRandom _hooks = RandomHooks.Chance(context.Cluster.Seed, name);
    private ServiceSpec _spec = null!;

    public string Name { get; } = name;

    public bool HasFinished { get; private set; }

    private ServiceRecord? Known => context.Cluster.Invariants!.Service(Name);

    public async Task Run()
    {
        _spec = Draw();
        await Put(Script());
        while (!context.IsFinishing)
        {
            await context.Delay(random.Between(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(40)));
            switch (random.Below(8))
            {
                case 0 or 1:
                    await Put(Script());
                    break;
                case 2 or 3:
                    await Scale(random.Between(0, LargestCount));
                    break;
                case 4:
                    await Ask(service => service.Rollback());
                    break;
                case 5 when random.Chance(0.3):
                    await Ask(service => service.Delete());
                    break;
                case 6 when _moves.Chance(0.5):
                    var isDry = _moves.Chance(0.3);
                    await Ask(service => service.Rebalance(isDry));
                    break;
                case 5 when _hooks.Chance(0.7):
                    var isApproved = _hooks.Chance(0.7);
                    await Ask(service => service.Approve(hook: null, deployment: null, isApproved));
                    break;
                case 7 when _moves.Chance(0.5):
                    var isTakenBack = _moves.Chance(0.6);
                    await Ask(service => service.StopDeployment(isTakenBack));
                    break;
            }
        }

        await WaitForRest();
        if (isCalled)
        {
            if (_spec.DesiredCount == 0)
                await Scale(LargestCount);
            await new CalmChanges(context, Name, random).Run(Put, Scale, () => Ask(service => service.Rollback()));
            await WaitForRest();
        }
        await WaitForSpread();
        do
        {
            await Ask(service => service.Delete());
            await context.Delay(_longestWay);
        }
        while (Known is not null);
        HasFinished = true;
    }

    /// <summary>
    /// Without a question until then: that would wake the service, which has to go on by itself. Unless a message that came late or twice has removed it, or has deployed something
    /// that cannot run, or a hook of before has failed.
    /// </summary>
    private async Task WaitForRest()
    {
        await context.Delay(_longestWay);
        string? wanted = null;
        while (wanted is null || Known?.Primary.Definition != wanted || !context.Cluster.Invariants!.IsServiceAtRest(Name))
        {
            if (wanted is null || Known is null || Known.Primary.Definition != wanted || Known.Primary.IsGivenUp)
                wanted = await Put("sleep 10000000");
            await context.Delay(_pause);
        }
    }

    /// <summary>Asked by hand, since it leaves a pause after moves that came to nothing.</summary>
    private async Task WaitForSpread()
    {
        while (Known?.Spec.Rebalancing.Mode == RebalancingMode.Automatic && !(context.Cluster.Invariants!.IsServiceAtRest(Name) && context.Cluster.Invariants!.IsServiceSpread(Name)))
        {
            await Ask(service => service.Rebalance(isDry: false));
            await context.Delay(_longestWay);
        }
    }

    private Task Scale(int count)
    {
        _spec = _spec with { DesiredCount = count };
        return Ask(service => service.Scale(count));
    }

    private string Script() => (isCalled ? RandomCalls.Moods(random) : "") + Program();

    private string Program() => random.Below(10) switch
    {
        < 5 => "sleep 10000000",
        < 7 => $"sleep {random.Between(10, 60)}",
        < 8 => "exit 1",
        < 9 => "true",
        _ => "missing",
    };

    private ServiceSpec Draw() => isCalled ? Drawn() with { DeregistrationDelay = RandomCalls.Delay(random) } : Drawn();

    private ServiceSpec Drawn() => new()
    {
        Name = Name,
        DesiredCount = random.Between(1, LargestCount),
        Containers = [],
        Rebalancing = RandomRebalancing.Draw(_moves),
        DeploymentConfiguration = new DeploymentConfiguration
        {
            Strategy = random.Pick(Enum.GetValues<DeploymentStrategy>()),
            MinimumHealthyPercent = 10 * random.Between(0, 10),
            MaximumPercent = 200 + (10 * random.Between(0, 5)),
            MinimumHealthyTime = random.Between(0, 10),
            BakeTime = random.Between(0, 10),
            CircuitBreaker = new CircuitBreakerSpec
            {
                Rollback = random.Chance(0.7),
                Counting = random.Pick(Enum.GetValues<FailureCounting>()),
            },
        },
    };

    /// <summary>What is deployed then; <see langword="null"/> where it was refused, since the service is just being deleted.</summary>
    private async Task<string?> Put(string script)
    {
        var container = new ContainerSpec { Name = "k", Image = script.EndsWith("missing", StringComparison.Ordinal) ? "missing/image" : "app", Command = ["sh", "-c", script], Resources = new Resources(50, 32, 0), StopTimeout = 2 };
        _spec = _spec with
        {
            DeploymentConfiguration = _spec.DeploymentConfiguration with { Hooks = context.IsFinishing ? [] : RandomHooks.Draw(_hooks, _spec.DeploymentConfiguration.Strategy) },
            Containers = [isCalled ? RandomCalls.Reached(random, container) : container],
        };
        var spec = _spec;
        return (await Ask(service => service.Put(spec, PutMode.Any)))?.Deployments[0].Definition;
    }

    private async Task<ServiceView?> Ask(Func<IServiceGrain, Task<Answer<ServiceView>>> ask)
    {
        var answer = await context.Ask(silo => ask(Of(silo)));
        if (!answer.IsAccepted && answer.Refusal.Kind is not (RefusalKind.NotFound or RefusalKind.Conflict))
            context.Cluster.World.Violate($"service {Name} refused what was asked: {answer.Refusal.Title} {string.Join(' ', answer.Refusal.Faults)}");
        return answer.Value;
    }

    private IServiceGrain Of(SimulatedSilo silo) => silo.Engine.GetGrain<IServiceGrain>(GrainKeys.Service(context.Cluster.Options.Cluster, Name));
}
