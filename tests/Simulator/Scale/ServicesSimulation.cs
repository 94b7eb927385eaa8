using OrleansCluster.Grains.Services;
using OrleansCluster.Grains.Tasks.Jobs;
using OrleansCluster.Testing;

namespace OrleansCluster.Simulator.Scale;

/// <summary>Many services on many nodes; one silo is turned off with all its nodes at once, and what ran there has to run elsewhere.</summary>
internal static class ServicesSimulation
{
    private const int Passes = 20_000;
    private const int LargeService = 10_000;
    private static readonly Resources _machine = new(4000, 16 * 1024, 100 * 1024);
    private static readonly Resources _task = new(500, 1024, 0);
    private static readonly TimeSpan _step = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan _longest = TimeSpan.FromMinutes(15);

    public static async Task<ServicesResult> Run(int hosts, int silos, int services, int count, TextWriter progress)
    {
        var clock = TimeProvider.System;
        var began = clock.GetTimestamp();
        await using var cluster = SimulatedCluster.Create(1, new SimulationOptions { ChecksInvariants = false });
        for (var silo = 0; silo < silos; silo++)
            cluster.Add($"s{silo}", Enumerable.Range(0, hosts).Where(host => host % silos == silo).Select(host => $"n{host}"), _machine).TurnOn();
        Wait(cluster, () => cluster.Database.CountActiveNodes(cluster.Options.Cluster) == hosts, "all nodes have joined");
        await progress.WriteLineAsync($"{hosts} nodes of {silos} silos have joined, after {clock.GetElapsedTime(began).TotalSeconds:F1} s");

        var asked = cluster.Time;
        for (var service = 0; service < services; service++)
            await cluster.PutService(SpecOf($"web{service}", count));
        Wait(cluster, () => Running(cluster) == services * count, "all tasks run");
        var up = cluster.Time - asked;
        cluster.Advance(TimeSpan.FromMinutes(1));
        await progress.WriteLineAsync($"{services} services of {count} tasks are up after {up.TotalSeconds:F1} s of virtual time, {clock.GetElapsedTime(began).TotalSeconds:F1} s of real time");

        var (lost, nodes) = (cluster.Time, Enumerable.Range(0, hosts).Count(host => host % silos == silos - 1));
        var gone = await CountOn(cluster, services, node => int.Parse(node[1..], System.Globalization.CultureInfo.InvariantCulture) % silos == silos - 1);
        cluster.TurnOff($"s{silos - 1}");
        Wait(cluster, () => Running(cluster) < services * count, "some are lost");
        Wait(cluster, () => Restarted(cluster) >= gone / 2, "half of them run elsewhere");
        var half = cluster.Time - lost;
        Wait(cluster, () => Restarted(cluster) >= gone && Running(cluster) == services * count, "all of them run elsewhere");
        var healed = cluster.Time - lost;
        return new ServicesResult(
            hosts, silos, services, services * count, up.TotalSeconds, nodes, gone, half.TotalSeconds, healed.TotalSeconds, Pass(count, Passes), Pass(LargeService, Passes / LargeService * 5), clock.GetElapsedTime(began).TotalSeconds);
    }

    /// <summary>Microseconds of a look at a service at rest.</summary>
    private static double Pass(int count, int passes)
    {
        var now = DateTimeOffset.UnixEpoch;
        var record = ServiceRules.Create(SpecOf("web", count), new ResolvedTask("service", "web:1", _task, [], ["main"]), 0, now);
        record = ServiceReconciler.Plan(record, new Dictionary<int, ServiceTask>(), new HashSet<int>(), [], now).Record;
        var tasks = record.Instances.ToDictionary(instance => instance.Number, instance => new ServiceTask { Number = instance.Number, Attempt = 1, State = TaskState.Running, Node = $"n{instance.Number}", StartedAt = now });
        now += TimeSpan.FromHours(1);
        for (var i = 0; i < 3; i++)
            record = ServiceReconciler.Plan(record, tasks, new HashSet<int>(), [], now).Record;
        var leaving = new HashSet<int>();
        var began = TimeProvider.System.GetTimestamp();
        for (var i = 0; i < passes; i++)
            record = ServiceReconciler.Plan(record, tasks, leaving, [], now).Record;
        return TimeProvider.System.GetElapsedTime(began).TotalMicroseconds / passes;
    }

    private static async Task<int> CountOn(SimulatedCluster cluster, int services, Func<string, bool> isThere)
    {
        var there = 0;
        for (var service = 0; service < services; service++)
            there += (await cluster.GetService($"web{service}"))!.Tasks.Count(task => task.Node is { } node && isThere(node));
        return there;
    }

    private static int Running(SimulatedCluster cluster) => cluster.Database.Store.CountStates("task", "RUNNING");

    /// <summary>Tasks that run in a later attempt.</summary>
    private static int Restarted(SimulatedCluster cluster) => cluster.Hosts.Sum(host => host.Runtime.Simulated.All().Count(info => info is { Status: ContainerStatus.Running, Labels.Attempt: > 1 }));

    private static void Wait(SimulatedCluster cluster, Func<bool> holds, string expected)
    {
        for (var end = cluster.Time + _longest; !holds(); cluster.Advance(_step))
        {
            if (cluster.Time >= end)
                cluster.World.Violate($"Expected within {_longest}: {expected}.");
        }
    }

    private static ServiceSpec SpecOf(string name, int count) => new()
    {
        Name = name,
        DesiredCount = count,
        Containers = [new ContainerSpec { Name = "main", Image = "app", Command = ["sleep", "1000000"], Resources = _task }],
    };
}
