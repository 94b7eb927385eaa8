namespace OrleansCluster;

/// <summary>
/// A directory of one container that is archived while the task runs, and restored into the same container of its next attempt, on whatever node. A file in the
/// middle of a write is archived as it is then: write another one and rename it.
/// </summary>
[GenerateSerializer, Immutable, Alias("ocs.CheckpointSpec")]
public sealed record CheckpointSpec
{
    /// <summary>Absolute path of the directory in the container.</summary>
    [Id(0)] public required string Path { get; init; }

    /// <summary>Whose directory it is; by default that of the only essential container.</summary>
    [Id(1)] public string? Container { get; init; }

    /// <summary>
    /// Seconds between two checkpoints, 5 to 86,400; 0 for none but those that are asked for, those before the system stops the task and the one after the last exit.
    /// </summary>
    [Id(2)] public int Interval { get; init; }

    /// <summary>The newest so many are kept, 1 to 10.</summary>
    [Id(3)] public int Keep { get; init; } = 3;

    /// <summary>MiB that the directory's files may have together, 1 to 1,024. A checkpoint that would be larger is not taken.</summary>
    [Id(4)] public int MaxSize { get; init; } = 64;

    /// <summary>Sent to the container when the system is about to stop the task, such as <c>SIGUSR1</c>; by default nothing is.</summary>
    [Id(5)] public string? Signal { get; init; }

    /// <summary>Seconds between <see cref="Signal"/> and the checkpoint, 0 to 600.</summary>
    [Id(6)] public int Grace { get; init; } = 10;
}
