namespace OrleansCluster;

/// <summary>Asks a node's agent for a piece of one container's log.</summary>
[GenerateSerializer, Immutable, Alias("ocs.LogRequest")]
public sealed record LogRequest
{
    /// <summary>Names the request in <see cref="INodeGrain.AnswerLogs"/>; filled in by the node grain.</summary>
    [Id(0)] public string RequestId { get; init; } = "";
    [Id(1)] public required string TaskId { get; init; }
    [Id(2)] public required int Attempt { get; init; }
    [Id(3)] public required string Container { get; init; }

    /// <summary>Where to go on: 0, or the <see cref="LogChunk.Next"/> of the chunk before.</summary>
    [Id(4)] public long From { get; init; }

    /// <summary>Lines at most in the answer.</summary>
    [Id(5)] public int Limit { get; init; } = 1000;

    /// <summary>How long to wait for a first line where there is none yet; zero answers at once.</summary>
    [Id(6)] public TimeSpan Wait { get; init; }
}
