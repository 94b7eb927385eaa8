using OrleansCluster.Testing;

namespace OrleansCluster.Simulator;

/// <summary>What one seed came to, where nothing was violated.</summary>
internal sealed record SimulationResult
{
    public required ulong Seed { get; init; }

    /// <summary>Virtual time that it took.</summary>
    public required TimeSpan Time { get; init; }

    /// <summary>The fingerprint of all events.</summary>
    public required ulong Hash { get; init; }
    public required long Events { get; init; }
    public required int Jobs { get; init; }
    public required int Tasks { get; init; }
    public required FaultCounts Faults { get; init; }
}
