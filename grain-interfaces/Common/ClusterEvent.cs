using System.Text.Json;

namespace OrleansCluster;

/// <summary>Something that happened in a cluster, as watchers see it.</summary>
public sealed record ClusterEvent
{
    /// <summary>Grows with every event of a cluster; the token to go on after. Gaps mean nothing.</summary>
    public required long Sequence { get; init; }
    public required DateTimeOffset Time { get; init; }

    /// <summary>Subject and verb: <c>task.running</c>, <c>job.submitted</c>, <c>node.lost</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The id of what it is about.</summary>
    public required string Subject { get; init; }

    /// <summary>The id of the job it belongs to, or empty.</summary>
    public required string Job { get; init; }

    /// <summary>Details, an object.</summary>
    public required JsonElement Data { get; init; }
}
