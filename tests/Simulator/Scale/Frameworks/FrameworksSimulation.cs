using OrleansCluster.Embedded.Deterministic;
using OrleansCluster.Testing;
using OrleansCluster.Testing.Kernel;

namespace OrleansCluster.Simulator.Scale.Frameworks;

/// <summary>Frameworks of both kinds on one cluster, beside our own schedulers or by themselves.</summary>
internal static class FrameworksSimulation
{
    private const int Cores = 4;
    private const int ServiceTasks = 50;
    private const int TasksPerJob = 10_000;
    private static readonly Resources _machine = new(Cores * 1000, 16 * 1024, 100 * 1024);
    private static readonly TimeSpan _step = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _longest = TimeSpan.FromHours(5);

    public static async Task<FrameworksResult> Run(FrameworksSettings settings, TextWriter progress)
    {
        var real = TimeProvider.System;
        var realBegan = real.GetTimestamp();
        await using var cluster = SimulatedCluster.Create(1, new SimulationOptions { ChecksInvariants = false, Patience = _longest });
        cluster.Add("s0", Enumerable.Range(0, settings.Hosts).Select(host => $"n{host}"), _machine).TurnOn();
        Wait(cluster, () => cluster.Database.CountActiveNodes(cluster.Options.Cluster) == settings.Hosts, "all nodes have joined", progress: null);
        await progress.WriteLineAsync($"{settings.Hosts} nodes have joined, after {real.GetElapsedTime(realBegan).TotalSeconds:F1} s");

        var began = cluster.Time;
        var frameworks = Start(cluster, settings);
        if (settings.WithOwn)
            await SubmitOwn(cluster, settings);
        double Busy() => frameworks.Sum(framework => framework.Load.Done);
        var (lastCame, busyThen) = (TimeSpan.Zero, 0.0);
        Wait(
            cluster,
            () =>
            {
                if (lastCame == TimeSpan.Zero && frameworks.All(framework => framework.Load.NextAt is null))
                    (lastCame, busyThen) = (cluster.Time - began, Busy());
                return frameworks.All(framework => framework.Load.IsOver) && OwnIsOver(cluster, settings);
            },
            "all tasks have ended",
            () => $"{(cluster.Time - began).TotalSeconds:F0} s of virtual time: {frameworks.Sum(framework => framework.Load.Waits.Count)} tasks of frameworks claimed, {real.GetElapsedTime(realBegan).TotalSeconds:F0} s of real time");
        return ToResult(settings, frameworks, cluster.Time - began, lastCame, busyThen, real.GetElapsedTime(realBegan));
    }

    private static List<LoadedFramework> Start(SimulatedCluster cluster, FrameworksSettings settings)
    {
        var process = new SimulatedProcess("frameworks", cluster.World.Scheduler);
        var clock = new ProcessClock(cluster.World.Time, process, 1, TimeSpan.Zero);
        var random = new SeededRandom(1);
        var share = settings.Tasks / settings.Placers;
        var every = settings.Load is { } load
            ? TimeSpan.FromSeconds(FrameworkLoad.MeanSeconds * settings.Placers / (load * settings.Hosts * Cores))
            : TimeSpan.Zero;
        var frameworks = new List<LoadedFramework>();
        for (var i = 0; i < settings.ByState + settings.ByOffers; i++)
        {
            var byOffers = i >= settings.ByState;
            var tasks = new FrameworkLoad(share, every, new SeededRandom(random.Next()));
            frameworks.Add(new LoadedFramework(cluster, clock, byOffers ? $"offers{i}" : $"state{i}", tasks, byOffers, settings.Decision, new SeededRandom(random.Next())));
        }

        var began = clock.GetUtcNow();
        foreach (var framework in frameworks)
            process.Run(() => framework.Run(began));
        return frameworks;
    }

    private static async Task SubmitOwn(SimulatedCluster cluster, FrameworksSettings settings)
    {
        await cluster.PutService(new ServiceSpec { Name = "web", DesiredCount = ServiceTasks, Containers = [Container("1000000")] });
        var share = settings.Tasks - (settings.Tasks / settings.Placers * (settings.Placers - 1));
        for (var job = 0; job * TasksPerJob < share; job++)
            await cluster.Submit($"own-{job}", new JobSpec { Name = "own", Tasks = [new JobTaskSpec { Name = "work", Count = Math.Min(TasksPerJob, share - (job * TasksPerJob)), Containers = [Container("10")] }] });
    }

    private static ContainerSpec Container(string seconds) => new() { Name = "main", Image = "app", Command = ["sleep", seconds], Resources = new Resources(FrameworkLoad.Cpu, 2 * 1024, 0) };

    private static bool OwnIsOver(SimulatedCluster cluster, FrameworksSettings settings) =>
        !settings.WithOwn || cluster.Database.Store.CountStates("job", "RUNNING") == 0;

    private static FrameworksResult ToResult(FrameworksSettings settings, List<LoadedFramework> frameworks, TimeSpan makespan, TimeSpan lastCame, double busyThen, TimeSpan real)
    {
        var waits = frameworks.SelectMany(framework => framework.Load.Waits).Order().ToList();
        var own = settings.WithOwn ? settings.Tasks / settings.Placers * 10.0 : 0;
        var (busy, during) = settings.Load is null ? (frameworks.Sum(framework => (double)framework.Load.Done) + own, makespan) : (busyThen, lastCame);
        return new FrameworksResult(
            settings.Hosts, settings.Tasks, settings.ByState, settings.ByOffers, settings.WithOwn, settings.Decision.TotalSeconds, makespan.TotalSeconds,
            busy / (settings.Hosts * Cores * during.TotalSeconds), waits.Average(), waits[waits.Count * 99 / 100],
            frameworks.Sum(framework => framework.Load.Launches), frameworks.Sum(framework => framework.Load.Conflicts), frameworks.Sum(framework => framework.Load.Declined), frameworks.Sum(framework => framework.Load.Preempted), real.TotalSeconds);
    }

    private static void Wait(SimulatedCluster cluster, Func<bool> holds, string expected, Func<string>? progress)
    {
        var told = 0;
        for (var end = cluster.Time + _longest; !holds(); cluster.Advance(_step))
        {
            if (cluster.Time >= end)
                cluster.World.Violate($"Expected within {_longest}: {expected}.");
            if (progress is not null && ++told % 60 == 0)
                Console.Error.WriteLine(progress());
        }
    }
}
