namespace OrleansCluster;

/// <summary>A <see cref="ClusterEvent"/> on its way between silos, which have no serializer for its details but as text.</summary>
[GenerateSerializer, Immutable, Alias("ocs.EventEntry")]
public sealed record EventEntry
{
    [Id(0)] public required long Sequence { get; init; }
    [Id(1)] public required DateTimeOffset Time { get; init; }
    [Id(2)] public required string Type { get; init; }
    [Id(3)] public required string Subject { get; init; }
    [Id(4)] public required string Job { get; init; }

    /// <summary>The details, a JSON object.</summary>
    [Id(5)] public required string Json { get; init; }
}
