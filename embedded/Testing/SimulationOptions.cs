using OrleansCluster.Grains.ResourceManagement;
using OrleansCluster.Grains.Scheduling;
using OrleansCluster.Silo.Agent;

namespace OrleansCluster.Testing;

/// <summary>What a simulated cluster is like. All times are virtual.</summary>
public sealed record SimulationOptions
{
    /// <summary>Its name: letters, digits and hyphens, 1 to 63 characters.</summary>
    public string Cluster { get; init; } = "default";

    /// <summary>What goes wrong by itself from <see cref="SimulatedCluster.StartFaults"/> on, and how often. Clocks drift from the start.</summary>
    public FaultRates Faults { get; init; } = FaultRates.None;

    /// <summary>How long a node may be silent.</summary>
    public NodeLeaseOptions Leases { get; init; } = new();

    /// <summary>Checks after everything that happens what must always hold: no node over-committed, no attempt twice, nothing acknowledged and lost.</summary>
    public bool ChecksInvariants { get; init; } = true;

    /// <summary>
    /// Whether the cluster's own scheduler places what waits. Where it does not, tasks stay PROVISIONING until a scheduler of the test's claims a node for
    /// them (<see cref="SimulatedCluster.Call"/>), and nothing is explained.
    /// </summary>
    public bool HasScheduler { get; init; } = true;

    /// <summary>How many batch schedulers the cluster has, the jobs dealt out among them: 1 to 64.</summary>
    public int Schedulers { get; init; } = 1;

    /// <summary>
    /// What a container does in place of its command: a script as <see cref="SimulatedCluster"/> knows it (<c>sleep 20; exit 1</c>), or <see langword="null"/>
    /// for its command. So a job file can be tested as it is, with programs that take their time and fail.
    /// </summary>
    public Func<ContainerLaunch, string?>? Program { get; init; }

    /// <summary>How long anything may be waited for before it counts as not coming; more than 0.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Told of each event as it happens, in one line that begins with the seconds since the start.</summary>
    public Action<string>? Trace { get; init; }

    internal SchedulerShards Shards => new(Schedulers);
}
