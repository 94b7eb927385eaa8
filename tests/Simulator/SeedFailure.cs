using OrleansCluster.Testing;

namespace OrleansCluster.Simulator;

/// <param name="Violation">In one line.</param>
/// <param name="VirtualSeconds">When it was found, if it was an invariant.</param>
internal sealed record SeedFailure(ulong Seed, string Violation, double? VirtualSeconds)
{
    public static SeedFailure Of(ulong seed, Exception exception) => exception is SimulationException simulation
        ? new SeedFailure(seed, simulation.Violation.Split('\n')[0], simulation.Time.TotalSeconds)
        : new SeedFailure(seed, $"{exception.GetType().Name}: {exception.Message.Split('\n')[0]}", null);
}
