namespace OrleansCluster;

/// <summary>Answers "why is this task where it is": its state in a sentence, and for a queued one what its placement meets.</summary>
[GenerateSerializer, Immutable, Alias("ocs.TaskExplanation")]
public sealed record TaskExplanation
{
    [Id(0)] public required string TaskId { get; init; }
    [Id(1)] public required TaskState State { get; init; }
    [Id(2)] public required string Summary { get; init; }
    [Id(3)] public PlacementExplanation? Placement { get; init; }
}
