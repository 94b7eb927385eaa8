using OrleansCluster.Embedded.Deterministic;
using OrleansCluster.Grains.Schedules;

namespace OrleansCluster.Simulator.Workloads;

/// <summary>Has a schedule start jobs, changes it, and sees to it that it goes on when nothing goes wrong any more.</summary>
internal sealed class Planner(WorkloadContext context, string name, SeededRandom random)
{
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(2);

    /// <summary>Longer than a message may be under way.</summary>
    private static readonly TimeSpan _longestWay = TimeSpan.FromSeconds(60);

    public string Name { get; } = name;

    public bool HasFinished { get; private set; }

    private ScheduleRecord? Known => context.Cluster.Invariants!.Schedule(Name);

    public async Task Run()
    {
        await Put();
        while (!context.IsFinishing)
        {
            await context.Delay(random.Between(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30)));
            switch (random.Below(6))
            {
                case 0:
                    await Put();
                    break;
                case 1:
                    var pauses = random.Chance(0.3);
                    await Ask(schedule => schedule.SetPaused(pauses));
                    break;
                case 2:
                    var key = $"k{random.Next():x}";
                    await Ask(schedule => schedule.RunNow(key));
                    break;
                case 3:
                    await Delete();
                    await Put();
                    break;
            }
        }

        await WaitForStart();
        do
        {
            await Delete();
            await context.Delay(_longestWay);
        }
        while (Known is not null);
        HasFinished = true;
    }

    /// <summary>
    /// Without a question until then: that would wake the schedule, which has to go on by itself. Unless a message that came late or twice has paused or removed it.
    /// </summary>
    private async Task WaitForStart()
    {
        var now = context.Clock.GetUtcNow();
        while (Known is not { } known || known.LastMoment <= now)
        {
            if (Known is null)
                await Put();
            else if (Known.Spec.Paused)
                await Ask(schedule => schedule.SetPaused(false));
            await context.Delay(_pause);
        }
    }

    private async Task Put()
    {
        var spec = Draw();
        var answer = await context.Ask(silo => Of(silo).Put(spec));
        if (!answer.IsAccepted)
            context.Cluster.World.Violate($"schedule {Name} was refused: {answer.Refusal.Title} {string.Join(' ', answer.Refusal.Faults)}");
    }

    private ScheduleSpec Draw() => new()
    {
        Name = Name,
        Cron = $"*/{random.Between(2, 25)} * * * * *",
        TimeZone = random.Chance(0.5) ? "UTC" : "Europe/Berlin",
        Missed = random.Chance(0.5) ? MissedPolicy.RunOnce : MissedPolicy.Skip,
        MissedAfter = random.Between(1, 20),
        Overlap = random.Pick(Enum.GetValues<OverlapPolicy>()),
        Job = new JobSpec
        {
            Name = "scheduled",
            Tasks =
            [
                new JobTaskSpec
                {
                    Name = "t",
                    Containers = [new ContainerSpec { Name = "k", Image = "app", Command = ["sh", "-c", $"sleep {random.Between(1, 12)}"], Resources = new Resources(100, 64, 0) }],
                },
            ],
        },
    };

    /// <summary>Told twice, since the answer to the first was lost, it is not there any more.</summary>
    private Task Delete() => Ask(schedule => schedule.Delete());

    private async Task Ask<T>(Func<IScheduleGrain, Task<Answer<T>>> ask)
        where T : class
    {
        var answer = await context.Ask(silo => ask(Of(silo)));
        if (!answer.IsAccepted && answer.Refusal.Kind != RefusalKind.NotFound)
            context.Cluster.World.Violate($"schedule {Name} refused what was asked: {answer.Refusal.Title}");
    }

    private IScheduleGrain Of(Testing.Silos.SimulatedSilo silo) => silo.Engine.GetGrain<IScheduleGrain>(GrainKeys.Schedule(context.Cluster.Options.Cluster, Name));
}
