using OrleansCluster.Testing;

namespace OrleansCluster.Simulator.Scale;

/// <summary>Starvation: a team's tasks fill the cluster and queue by the thousand, all older than what another team asks for that is guaranteed a fifth.</summary>
internal static class FloodSimulation
{
    private const int TasksPerJob = 10_000;
    private static readonly Resources _machine = new(4000, 16 * 1024, 100 * 1024);
    private static readonly Resources _task = new(1000, 2 * 1024, 0);
    private static readonly TimeSpan _step = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan _longest = TimeSpan.FromMinutes(10);

    public static async Task<FloodResult> Run(int hosts, int tasks, TextWriter progress)
    {
        var clock = TimeProvider.System;
        var began = clock.GetTimestamp();
        await using var cluster = SimulatedCluster.Create(1, new SimulationOptions { ChecksInvariants = false });
        cluster.Add("s0", Enumerable.Range(0, hosts).Select(host => $"n{host}"), _machine).TurnOn();
        Wait(cluster, () => cluster.Database.CountActiveNodes(cluster.Options.Cluster) == hosts, "all nodes have joined");
        var guaranteed = hosts * _machine.Cpu / _task.Cpu / 5;
        var refusal = await cluster.Call(grains => grains.GetGrain<IClusterStateGrain>(GrainKeys.Cluster(cluster.Options.Cluster)).PutTeams(
            new TeamSet { Teams = [new TeamSpec { Name = "asker", Minimum = new ResourceLimits { Cpu = (long)guaranteed * _task.Cpu } }] }));
        if (refusal is not null)
            cluster.World.Violate($"The team was refused: {refusal.Title}");

        for (var job = 0; job * TasksPerJob < tasks; job++)
            await cluster.Submit($"flood-{job}", JobOf("flood", Math.Min(TasksPerJob, tasks - (job * TasksPerJob))));
        var slots = Math.Min(tasks, hosts * _machine.Cpu / _task.Cpu);
        Wait(cluster, () => Count(cluster) >= slots, "the flood fills the cluster");
        cluster.Advance(TimeSpan.FromMinutes(1));
        await progress.WriteLineAsync($"{Count(cluster)} of {tasks} tasks run, after {clock.GetElapsedTime(began).TotalSeconds:F1} s");

        var asked = cluster.Time;
        await cluster.Submit("asker-0", JobOf("asker", guaranteed * 2));
        var (first, half, all) = (await After(cluster, asked, 1), await After(cluster, asked, guaranteed / 2), await After(cluster, asked, guaranteed));
        var preempted = 0;
        for (var job = 0; job * TasksPerJob < tasks; job++)
            preempted += (await cluster.ListTasks($"flood-{job}")).Count(task => task.EarlierAttempts.Any(attempt => attempt.StopCode == StopCode.Preempted));
        return new FloodResult(
            hosts, tasks, slots, guaranteed, first.TotalSeconds, half.TotalSeconds, all.TotalSeconds, preempted, clock.GetElapsedTime(began).TotalSeconds);
    }

    private static async Task<TimeSpan> After(SimulatedCluster cluster, TimeSpan asked, int running)
    {
        while ((await cluster.GetJob("asker-0"))!.Tasks[0].Running < running)
        {
            if (cluster.Time - asked > _longest)
                cluster.World.Violate($"{running} tasks of the guaranteed team do not run {_longest} after it has asked");
            cluster.Advance(_step);
        }

        return cluster.Time - asked;
    }

    private static int Count(SimulatedCluster cluster) => cluster.Database.Store.CountStates("task", "RUNNING");

    private static void Wait(SimulatedCluster cluster, Func<bool> holds, string expected)
    {
        for (var end = cluster.Time + _longest; !holds(); cluster.Advance(_step))
        {
            if (cluster.Time >= end)
                cluster.World.Violate($"Expected within {_longest}: {expected}.");
        }
    }

    private static JobSpec JobOf(string team, int count) => new()
    {
        Name = team,
        Team = team,
        Tasks =
        [
            new JobTaskSpec
            {
                Name = "work",
                Count = count,
                Containers = [new ContainerSpec { Name = "main", Image = "app", Command = ["sleep", "1000000"], Resources = _task }],
            },
        ],
    };
}
