using System.Collections.Immutable;

namespace OrleansCluster;

/// <summary>Where a task would go, and who would have to leave for it. Asking for it changes nothing.</summary>
[GenerateSerializer, Immutable, Alias("ocs.PreemptionPlan")]
public sealed record PreemptionPlan
{
    [Id(0)] public required string TaskId { get; init; }
    [Id(1)] public required string Node { get; init; }

    /// <summary>No more than it needs, with those of a gang all the others of it, wherever they are; empty where those that leave for tasks before it in the same question make room enough.</summary>
    [Id(2)] public required ImmutableArray<PreemptionVictim> Victims { get; init; }
}
