using System.Collections.Immutable;

namespace OrleansCluster;

/// <summary>A piece of one container's log.</summary>
[GenerateSerializer, Immutable, Alias("ocs.LogChunk")]
public sealed record LogChunk
{
    [Id(0)] public required ImmutableArray<LogLine> Lines { get; init; }

    /// <summary>The token to go on from.</summary>
    [Id(1)] public required long Next { get; init; }

    /// <summary>The container has ended and there is nothing after these lines.</summary>
    [Id(2)] public required bool IsEnd { get; init; }

    /// <summary>Why there is nothing to read, where that is so: the container never started, or its log was removed.</summary>
    [Id(3)] public string? Note { get; init; }
}
