using OrleansCluster.Embedded.Deterministic;

namespace OrleansCluster.Simulator.Workloads;

/// <summary>Health checks of all kinds, of programs that fall ill and get well again, and containers that wait for others to be well.</summary>
internal static class RandomHealth
{
    /// <summary>Chance of its own, so that the other draws are what they were.</summary>
    private const ulong Stream = 0x6865616C;

    /// <param name="number">Of who draws, so that each has a stream of its own.</param>
    public static SeededRandom Chance(ulong seed, int number) => new(seed ^ (Stream + (ulong)number));

    public static JobSpec Draw(SeededRandom random, JobSpec job) => job with { Tasks = [.. job.Tasks.Select(task => Draw(random, task))] };

    private static JobTaskSpec Draw(SeededRandom random, JobTaskSpec task)
    {
        if (!random.Chance(0.7))
            return task;
        var containers = task.Containers.Select(container => random.Chance(0.8) ? Draw(random, container) : container).ToList();
        if (containers is [{ HealthCheck: not null } first, var second] && random.Chance(0.5))
            containers[1] = second with { DependsOn = [new ContainerDependency { Container = first.Name, Condition = ContainerCondition.Healthy }] };
        return task with { Containers = [.. containers] };
    }

    private static ContainerSpec Draw(SeededRandom random, ContainerSpec container) => container with
    {
        Command = container.Command.SetItem(2, $"{Moods(random)}{container.Command[2]}"),
        HealthCheck = Kind(random) with
        {
            Interval = random.Between(1, 5),
            Timeout = random.Between(1, 10),
            Retries = random.Between(1, 4),
            StartPeriod = random.Chance(0.5) ? random.Between(1, 20) : null,
        },
    };

    private static HealthCheckSpec Kind(SeededRandom random) => random.Below(4) switch
    {
        0 => new HealthCheckSpec { Command = ["check"] },
        1 => new HealthCheckSpec { Image = true },
        2 => new HealthCheckSpec { Tcp = new TcpCheckSpec { Port = 80 } },
        _ => new HealthCheckSpec { Http = new HttpCheckSpec { Port = 80 } },
    };

    /// <summary>It may stay ill: whoever waits for it has no end either, unless it has.</summary>
    private static string Moods(SeededRandom random)
    {
        var script = "";
        for (var i = random.Below(4); i > 0; i--)
            script += $"unhealthy; sleep {random.Between(0, 12)}; healthy; sleep {random.Between(0, 12)}; ";
        return random.Chance(0.2) ? $"{script}unhealthy; " : script;
    }
}
