namespace OrleansCluster;

/// <summary>A checkpoint of a task that is stored whole.</summary>
[GenerateSerializer, Immutable, Alias("ocs.TaskCheckpoint")]
public sealed record TaskCheckpoint
{
    /// <summary>1, 2, 3 … within the task. An attempt that starts with it restored finds it in <c>OCS_CHECKPOINT</c>.</summary>
    [Id(0)] public required int Number { get; init; }

    /// <summary>The attempt that it was taken of.</summary>
    [Id(1)] public required int Attempt { get; init; }

    /// <summary>What the checkpoint store calls its bytes, within the task.</summary>
    [Id(2)] public required string Name { get; init; }

    /// <summary>Bytes stored: the directory's tar archive, compressed by gzip.</summary>
    [Id(3)] public required long Size { get; init; }

    /// <summary>SHA-256 of these bytes, hexadecimal.</summary>
    [Id(4)] public required string Digest { get; init; }
    [Id(5)] public required DateTimeOffset TakenAt { get; init; }
    [Id(6)] public required string Node { get; init; }
}
