namespace OrleansCluster;

/// <summary>Whether a service's running tasks are moved to spread them evenly, by the steps of its placement strategy that spread.</summary>
[GenerateSerializer, Immutable, Alias("ocs.RebalancingSpec")]
public sealed record RebalancingSpec
{
    /// <summary>Only for a REPLICA service the placement strategy of which is none or begins with <c>spread</c>.</summary>
    [Id(0)] public RebalancingMode Mode { get; init; } = RebalancingMode.Off;

    /// <summary>Tasks that are moved at a time, 1 to 1,000; where nothing is said a tenth of the desired count, one at the least.</summary>
    [Id(1)] public int? MaximumMoves { get; init; }
}
