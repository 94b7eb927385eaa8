using OrleansCluster.Embedded.Deterministic;
using OrleansCluster.Grains.Services;
using OrleansCluster.Grains.Services.Autoscaling;
using OrleansCluster.Testing.Silos;

namespace OrleansCluster.Simulator.Workloads;

/// <summary>
/// The users of a service that is scaled by what its tasks use, or by a metric that is put for it: they come and go, and some of the time nothing is known of them. When nothing goes wrong
/// any more, a load brings it to its maximum, and rest to its minimum.
/// </summary>
internal sealed class Scaler(WorkloadContext context, string name, SeededRandom random)
{
    private const string Metric = "users";
    private const int Millicores = 50;
    private const int Target = 50;

    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(5);

    /// <summary>Longer than a message may be under way.</summary>
    private static readonly TimeSpan _longestWay = TimeSpan.FromSeconds(60);

    private ServiceSpec _spec = null!;
    private int _revisions;

    public string Name { get; } = name;

    public bool HasFinished { get; private set; }

    private ServiceRecord? Known => context.Cluster.Invariants!.Service(Name);

    private AutoscalingSpec Scaling => _spec.Autoscaling!;

    private bool IsMeasured => ScalingPolicy.IsMeasured(Scaling.Policies[0].Metric);

    /// <summary>Two activations of its grain are there, each of which hears of a part of the tasks: for the others it leaves as many as there are.</summary>
    private bool IsShared => context.Cluster.Hosts.Count(host => host.Silo?.Holds<IServiceGrain>(GrainKeys.Service(context.Cluster.Options.Cluster, Name)) == true) > 1;

    private ScalingBounds Bounds => ScalingBounds.Of(Scaling, context.Cluster.Clock.GetUtcNow());

    public async Task Run()
    {
        _spec = Draw();
        await Put();
        var load = 0;
        while (!context.IsFinishing)
        {
            await context.Delay(random.Between(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(15)));
            switch (random.Below(10))
            {
                case < 4:
                    load = random.Between(0, Scaling.Maximum + 2);
                    break;
                case 4:
                    var count = random.Between(0, Scaling.Maximum + 1);
                    await Ask(service => service.Scale(count));
                    break;
                case 5:
                    await Put();
                    break;
                case 6:
                    continue;
            }

            await Say(load);
        }

        await context.Delay(_longestWay);
        await Put();
        await SayUntil(Scaling.Maximum, () => Known?.Spec.DesiredCount == Scaling.Maximum);
        await SayUntil(0, () => IsShared || (Known?.Spec.DesiredCount == Bounds.Minimum && context.Cluster.Invariants!.IsServiceAtRest(Name)));
        do
        {
            await Ask(service => service.Delete());
            await context.Delay(_longestWay);
        }
        while (Known is not null);
        HasFinished = true;
    }

    private ServiceSpec Draw() => new()
    {
        Name = Name,
        DesiredCount = random.Between(0, 4),
        Autoscaling = new AutoscalingSpec
        {
            Minimum = 1,
            Maximum = random.Between(2, 4),
            Policies =
            [
                new ScalingPolicy
                {
                    Metric = random.Chance(0.5) ? ScalingPolicy.Cpu : Metric,
                    Target = Target,
                    ScaleOutCooldown = random.Between(0, 20),
                    ScaleInCooldown = random.Between(0, 20),
                },
            ],
            Schedules = random.Chance(0.3) ? [new ScalingSchedule { Cron = "0 * * * * *", Minimum = 2 }, new ScalingSchedule { Cron = "30 * * * * *", Minimum = 1 }] : [],
        },
        DeploymentConfiguration = new DeploymentConfiguration { MinimumHealthyTime = random.Between(0, 5), MaximumPercent = 200 },
    };

    private async Task SayUntil(int tasks, Func<bool> isSo)
    {
        do
        {
            await Say(tasks);
            await context.Delay(_pause);
        }
        while (!isSo());
    }

    /// <summary>So many tasks would be at their target with what is asked of the service now.</summary>
    private async Task Say(int tasks)
    {
        context.Cluster.SetServiceLoad(Name, tasks * Millicores * Target / 100);
        if (!IsMeasured)
            await context.Ask(silo => Of(silo).PutMetric(Metric, (double)tasks * Target / Math.Max(1, Running())));
    }

    private int Running() => Known?.Instances.Count(instance => instance.Stopping is null && context.Cluster.Invariants!.Task(TaskId.OfService(Name, instance.Slot, instance.Number))?.State == TaskState.Running) ?? 0;

    private Task Put()
    {
        _spec = _spec with
        {
            Containers = [new ContainerSpec { Name = "k", Image = "app", Command = ["sh", "-c", $"sleep {10_000_000 + (++_revisions)}"], Resources = new Resources(Millicores, 32, 0), StopTimeout = 2 }],
        };
        var spec = _spec;
        return Ask(service => service.Put(spec, PutMode.Any));
    }

    /// <summary>Asked for a count beyond its bounds it refuses.</summary>
    private async Task Ask(Func<IServiceGrain, Task<Answer<ServiceView>>> ask)
    {
        var answer = await context.Ask(silo => ask(Of(silo)));
        if (!answer.IsAccepted && answer.Refusal.Faults.Any(fault => fault.Path != "/desiredCount"))
            context.Cluster.World.Violate($"service {Name} refused what was asked: {answer.Refusal.Title} {string.Join(' ', answer.Refusal.Faults)}");
    }

    private IServiceGrain Of(SimulatedSilo silo) => silo.Engine.GetGrain<IServiceGrain>(GrainKeys.Service(context.Cluster.Options.Cluster, Name));
}
