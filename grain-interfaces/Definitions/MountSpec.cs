namespace OrleansCluster;

[GenerateSerializer, Immutable, Alias("ocs.MountSpec")]
public sealed record MountSpec
{
    /// <summary>The name of one of the definition's volumes.</summary>
    [Id(0)] public required string Volume { get; init; }

    /// <summary>Absolute path in the container.</summary>
    [Id(1)] public required string Path { get; init; }
    [Id(2)] public bool ReadOnly { get; init; }
}
