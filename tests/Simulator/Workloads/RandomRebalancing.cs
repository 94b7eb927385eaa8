using OrleansCluster.Embedded.Deterministic;

namespace OrleansCluster.Simulator.Workloads;

/// <summary>Whether services move their tasks. By chance of its own, so that the other seeds draw what they drew.</summary>
internal static class RandomRebalancing
{
    private const ulong Stream = 0x6D6F7665;

    public static SeededRandom Chance(ulong seed, string name) => new(seed ^ (Stream + name[^1]));

    public static RebalancingSpec Draw(SeededRandom random) => new()
    {
        Mode = random.Pick(Enum.GetValues<RebalancingMode>()),
        MaximumMoves = random.Chance(0.5) ? random.Between(1, 2) : null,
    };
}
