using System.Collections.Immutable;
using OrleansCluster.Embedded.Deterministic;

namespace OrleansCluster.Simulator.Workloads;

/// <summary>Jobs of all sorts: graphs, arrays, containers that work, fail, hang, ignore the stop signal or cannot even start.</summary>
internal static class RandomJobs
{
    public const string Name = "job";

    private static readonly string[] _teams = ["red", "green", "blue"];

    /// <returns>Whether it ends by itself, once nothing goes wrong any more.</returns>
    public static (JobSpec Spec, bool Ends) Draw(SeededRandom random, WorkloadFocus focus)
    {
        var ends = true;
        var tasks = ImmutableArray.CreateBuilder<JobTaskSpec>();
        for (var i = random.Between(1, 4); i > 0; i--)
        {
            var containers = ImmutableArray.CreateBuilder<ContainerSpec>();
            for (var c = random.Chance(0.8) ? 1 : 2; c > 0; c--)
            {
                containers.Add(DrawContainer(random, $"k{c}", focus.Hangs, out var containerEnds));
                ends &= containerEnds;
            }

            var task = new JobTaskSpec
            {
                Name = $"t{tasks.Count}",
                Count = random.Chance(0.7) ? random.Between(1, 3) : random.Between(3, 12),
                DependsOn = [.. tasks.Where(_ => random.Chance(0.4)).Select(task => task.Name)],
                Containers = containers.ToImmutable(),
            };
            tasks.Add(focus.Places ? RandomPlacement.Draw(random, task) : task);
        }

        return (new JobSpec { Name = Name, Team = random.Pick(_teams), Priority = random.Between(0, 100), Tasks = tasks.ToImmutable() }, ends);
    }

    private static ContainerSpec DrawContainer(SeededRandom random, string name, bool hangs, out bool ends)
    {
        var script = random.Below(100) switch
        {
            < 50 when hangs => "sleep 10000000",
            < 60 => $"sleep {random.Between(1, 200) / 10.0:F1}",
            < 70 => "true",
            < 78 => $"sleep {random.Between(1, 50) / 10.0:F1}; exit 3",
            < 82 => "oom",
            < 88 => "sleep 10000000",
            < 92 => "trap '' TERM; sleep 10000000",
            < 96 => "exit 1",
            _ => "missing",
        };
        ends = !script.Contains("10000000", StringComparison.Ordinal);
        return new ContainerSpec
        {
            Name = name,
            Image = script == "missing" ? "missing/image" : "app",
            Command = ["sh", "-c", script],
            Resources = new Resources(100 * random.Between(1, 8), 64 * random.Between(1, 6), 0),
            StopTimeout = random.Between(0, 20),
            Ports = name == "k1" && random.Chance(0.15) ? [new PortMapping { Container = 80, Host = 8000 + random.Below(3) }] : [],
        };
    }
}
