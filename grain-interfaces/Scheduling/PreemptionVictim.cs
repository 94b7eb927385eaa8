namespace OrleansCluster;

/// <summary>A task attempt whose place another task takes.</summary>
[GenerateSerializer, Immutable, Alias("ocs.PreemptionVictim")]
public sealed record PreemptionVictim
{
    [Id(0)] public required string TaskId { get; init; }
    [Id(1)] public required int Attempt { get; init; }
    [Id(2)] public required string Team { get; init; }
    [Id(3)] public required int Priority { get; init; }

    /// <summary>Since when it has its node.</summary>
    [Id(4)] public DateTimeOffset? Since { get; init; }
}
