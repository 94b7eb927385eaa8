using OrleansCluster.Grains.ResourceManagement;

namespace OrleansCluster.Testing;

/// <summary>What a simulated cluster is like.</summary>
public sealed record SimulationOptions
{
    public string Cluster { get; init; } = "default";

    /// <summary>What goes wrong, and how often; nothing by itself.</summary>
    public FaultRates Faults { get; init; } = FaultRates.None;

    /// <summary>How long a node may be silent.</summary>
    public NodeLeaseOptions Leases { get; init; } = new();

    /// <summary>Checks what must always hold after everything that happens.</summary>
    public bool ChecksInvariants { get; init; } = true;

    /// <summary>Told of each event as it happens.</summary>
    public Action<string>? Trace { get; init; }
}
