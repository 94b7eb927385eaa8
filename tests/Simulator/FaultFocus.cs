using OrleansCluster.Embedded.Deterministic;
using OrleansCluster.Testing;

namespace OrleansCluster.Simulator;

/// <summary>
/// Makes some kinds of faults far more frequent in some seeds. What takes two rare faults within a second of each other would otherwise be seen once in ten
/// thousand seeds; and all faults that frequent in all seeds would leave no work that gets anywhere.
/// </summary>
internal static class FaultFocus
{
    private const double Share = 0.2;

    /// <summary>Chance of its own, so that a seed's workload does not depend on it.</summary>
    private const ulong Stream = 0x666F637573;

    public static FaultRates Of(ulong seed, FaultRates drawn)
    {
        var random = new SeededRandom(seed ^ Stream);
        var rates = drawn;
        Sometimes(r => r with { MessageDelayed = 0.2 });
        Sometimes(r => r with { MessageLost = 0.15 });
        Sometimes(r => r with { MessageRepeated = 0.2 });
        Sometimes(r => r with { StoreSlow = 0.2 });
        Sometimes(r => r with { WriteUncertain = 0.05, WriteLate = 0.1 });
        Sometimes(r => r with { SiloCrashed = TimeSpan.FromSeconds(4) });
        Sometimes(r => r with { HostCrashed = TimeSpan.FromSeconds(12) });
        Sometimes(r => r with { HostIsolated = TimeSpan.FromSeconds(25) });
        Sometimes(r => r with { GrainDoubled = TimeSpan.FromSeconds(0.2) });
        Sometimes(r => r with { ProcessPaused = TimeSpan.FromSeconds(6) });
        Sometimes(r => r with
        {
            AtEdge = 0.7,
            MessageDelayed = Math.Max(r.MessageDelayed, 0.1),
            StoreSlow = Math.Max(r.StoreSlow, 0.1),
            SiloCrashed = TimeSpan.FromSeconds(8),
            GrainDoubled = TimeSpan.FromSeconds(1),
            ProcessPaused = TimeSpan.FromSeconds(8),
        });
        Sometimes(r => r with { DoubleStays = 0.5, GrainDoubled = TimeSpan.FromSeconds(0.3) });
        Sometimes(r => r with
        {
            AtEdge = Math.Max(r.AtEdge, 0.7),
            AtHandOver = 0.7,
            MessageDelayed = Math.Max(r.MessageDelayed, 0.1),
            SiloCrashed = TimeSpan.FromSeconds(8),
            HostIsolated = TimeSpan.FromSeconds(25),
            GrainDoubled = TimeSpan.FromSeconds(1),
            ProcessPaused = TimeSpan.FromSeconds(8),
        });
        return rates;

        void Sometimes(Func<FaultRates, FaultRates> raise)
        {
            if (random.Chance(Share))
                rates = raise(rates);
        }
    }
}
