using OrleansCluster.Embedded.Deterministic;

namespace OrleansCluster.Simulator.Workloads;

/// <summary>What makes a service one that is called: ports, health checks, and programs that fall ill and get well again.</summary>
internal static class RandomCalls
{
    /// <summary>Longer than any request takes, where it is not what services have that say nothing.</summary>
    public static int? Delay(SeededRandom random) => random.Chance(0.5) ? null : random.Between(4, 12);

    public static ContainerSpec Reached(SeededRandom random, ContainerSpec container) => container with
    {
        Ports = [new PortMapping { Container = 80 }],
        HealthCheck = random.Chance(0.5) ? null : new HealthCheckSpec { Tcp = new TcpCheckSpec { Port = 80 }, Interval = random.Between(1, 5), Retries = random.Between(1, 3) },
    };

    public static string Moods(SeededRandom random)
    {
        var script = "";
        for (var i = random.Chance(0.3) ? random.Between(1, 3) : 0; i > 0; i--)
            script += $"sleep {random.Between(2, 20)}; unhealthy; sleep {random.Between(2, 20)}; healthy; ";
        return script;
    }
}
