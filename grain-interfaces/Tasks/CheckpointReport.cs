namespace OrleansCluster;

/// <summary>What an agent says of a task's checkpoint: that it is stored, or why it is not.</summary>
[GenerateSerializer, Immutable, Alias("ocs.CheckpointReport")]
public sealed record CheckpointReport
{
    [Id(0)] public required int Attempt { get; init; }

    /// <summary>Stored whole; its number follows on the newest that the agent knew of when it began to read the directory. <see langword="null"/> with <see cref="Failure"/>.</summary>
    [Id(1)] public TaskCheckpoint? Checkpoint { get; init; }
    [Id(2)] public string? Failure { get; init; }

    /// <summary>The last request that the agent knew of when it began.</summary>
    [Id(3)] public int Answers { get; init; }
}
