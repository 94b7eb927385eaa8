using System.Collections.Immutable;

namespace OrleansCluster;

/// <summary>Metrics that a deployment must not drive too far, as long as it is under way, its bake time included.</summary>
[GenerateSerializer, Immutable, Alias("ocs.DeploymentAlarms")]
public sealed record DeploymentAlarms
{
    [Id(0)] public bool Enable { get; init; } = true;

    /// <summary>A deployment that has failed is followed by one of the revision that was last completed.</summary>
    [Id(1)] public bool Rollback { get; init; } = true;

    /// <summary>At most 10.</summary>
    [Id(2)] public ImmutableArray<AlarmSpec> Alarms { get; init; } = [];
}
