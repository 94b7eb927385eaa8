namespace OrleansCluster;

/// <summary>Which events, and how long to wait for the first of them.</summary>
[GenerateSerializer, Immutable, Alias("ocs.EventQuery")]
public sealed record EventQuery
{
    /// <summary>Only events with a greater sequence number: 0 for all that the cluster has kept.</summary>
    [Id(0)] public required long After { get; init; }

    /// <summary>Only events of this job; <see langword="null"/> for all.</summary>
    [Id(1)] public string? Job { get; init; }

    /// <summary>Events in an answer, 1 to 500; what is outside counts as the nearer end.</summary>
    [Id(2)] public int Limit { get; init; } = 500;

    /// <summary>At most 60 s.</summary>
    [Id(3)] public required TimeSpan Wait { get; init; }
}
