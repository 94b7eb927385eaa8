using System.Collections.Immutable;

namespace OrleansCluster;

/// <summary>
/// The desired count follows metrics, within bounds. While a service has this, its desired count is the autoscaler's: what a file says about it counts for a new service alone.
/// </summary>
[GenerateSerializer, Immutable, Alias("ocs.AutoscalingSpec")]
public sealed record AutoscalingSpec
{
    /// <summary>Tasks, 0 to 10,000. A service comes to none by policies per task alone: the others have nothing to go by then.</summary>
    [Id(0)] public int Minimum { get; init; } = 1;

    /// <summary>Tasks, 0 to 10,000, no fewer than the minimum.</summary>
    [Id(1)] public required int Maximum { get; init; }

    /// <summary>At most 10. The largest count that any of them wants is taken; fewer tasks only where all agree.</summary>
    [Id(2)] public ImmutableArray<ScalingPolicy> Policies { get; init; } = [];

    /// <summary>At most 20. Each sets bounds from its moments on, until another one's moment sets them anew.</summary>
    [Id(3)] public ImmutableArray<ScalingSchedule> Schedules { get; init; } = [];
}
