using OrleansCluster.Testing;

namespace OrleansCluster.Simulator.Scale;

/// <summary>
/// The workload of Google's lightweight cluster simulator (the public one that came with the Omega paper): machines of 4 cores and 16 GB; every 10 s a batch job
/// of 100 tasks for 100 s, every 20 s one of 10 tasks for 500 s that stands for a service, each task with a core and 2 GB. Nothing goes wrong here: it
/// is there to see what a large cluster costs.
/// </summary>
internal static class ScaleSimulation
{
    private static readonly Resources _machine = new(4000, 16 * 1024, 100 * 1024);
    private static readonly Resources _task = new(1000, 2 * 1024, 0);
    private static readonly TimeSpan _batchPeriod = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan _longestJoin = TimeSpan.FromMinutes(5);

    public static async Task<ScaleResult> Run(ScaleSettings settings, TextWriter progress, CancellationToken cancellationToken)
    {
        var clock = TimeProvider.System;
        await using var cluster = SimulatedCluster.Create(1, new SimulationOptions { ChecksInvariants = false });
        var began = clock.GetTimestamp();
        Join(cluster, settings);
        var joined = clock.GetElapsedTime(began);
        await progress.WriteLineAsync($"{settings.Hosts} nodes of {settings.Silos} silos have joined, after {joined.TotalSeconds:F1} s");

        began = clock.GetTimestamp();
        var (start, events, jobs, tasks) = (cluster.Time, cluster.EventCount, 0, 0);
        for (var period = 0; period * _batchPeriod < TimeSpan.FromMinutes(settings.Minutes) && !cancellationToken.IsCancellationRequested; period++)
        {
            await cluster.Submit($"batch-{period}", JobOf("batch", 100, 100));
            (jobs, tasks) = (jobs + 1, tasks + 100);
            if (period % 2 == 0)
            {
                await cluster.Submit($"service-{period}", JobOf("service", 10, 500));
                (jobs, tasks) = (jobs + 1, tasks + 10);
            }

            cluster.Advance(start + ((period + 1) * _batchPeriod) - cluster.Time);
            if (period % 30 == 29)
                await progress.WriteLineAsync($"{(cluster.Time - start).TotalMinutes:F0} min of virtual time after {clock.GetElapsedTime(began).TotalSeconds:F1} s, {GC.GetTotalMemory(false) >> 20} MiB");
        }

        var seconds = clock.GetElapsedTime(began).TotalSeconds;
        var ended = cluster.Database.Store.CountStates("task", TaskState.Stopped.ToString().ToUpperInvariant());
        return new ScaleResult(
            settings.Hosts, settings.Silos, joined.TotalSeconds, seconds, (cluster.Time - start).TotalSeconds, cluster.EventCount - events, jobs, tasks, ended, GC.GetTotalMemory(true) / 1048576.0);
    }

    private static void Join(SimulatedCluster cluster, ScaleSettings settings)
    {
        for (var silo = 0; silo < settings.Silos; silo++)
        {
            var nodes = Enumerable.Range(0, settings.Hosts).Where(host => host % settings.Silos == silo).Select(host => $"n{host}");
            cluster.Add($"s{silo}", nodes, _machine).TurnOn();
        }

        var end = cluster.Time + _longestJoin;
        while (cluster.Database.CountActiveNodes(cluster.Options.Cluster) < settings.Hosts)
        {
            if (cluster.Time >= end)
                cluster.World.Violate($"Not all of {settings.Hosts} nodes have joined within {_longestJoin}.");
            cluster.Advance(TimeSpan.FromMilliseconds(100));
        }
    }

    private static JobSpec JobOf(string name, int count, int seconds) => new()
    {
        Name = name,
        Tasks =
        [
            new JobTaskSpec
            {
                Name = "work",
                Count = count,
                Containers = [new ContainerSpec { Name = "main", Image = "app", Command = ["sleep", $"{seconds}"], Resources = _task }],
            },
        ],
    };
}
