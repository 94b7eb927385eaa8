using OrleansCluster.Embedded.Deterministic;

namespace OrleansCluster.Simulator.Workloads;

/// <summary>Tasks that are to be kept while their nodes are cut off.</summary>
internal static class RandomDisconnects
{
    private const double KeptShare = 0.6;

    /// <summary>Chance of its own, so that the other draws are what they were.</summary>
    private const ulong Stream = 0x6B656570;

    /// <param name="number">Of who draws, so that each has a stream of its own.</param>
    public static SeededRandom Chance(ulong seed, int number) => new(seed ^ (Stream + (ulong)number));

    public static JobSpec Draw(SeededRandom random, JobSpec job) => job with
    {
        Tasks = [.. job.Tasks.Select(task => random.Chance(KeptShare) ? task with { OnDisconnect = DisconnectPolicy.Keep } : task)],
    };
}
