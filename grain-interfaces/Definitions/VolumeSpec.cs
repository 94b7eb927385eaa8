namespace OrleansCluster;

/// <summary>Storage that containers mount: exactly one of <see cref="Host"/> and <see cref="Named"/>.</summary>
[GenerateSerializer, Immutable, Alias("ocs.VolumeSpec")]
public sealed record VolumeSpec
{
    [Id(0)] public required string Name { get; init; }

    /// <summary>An absolute path on the node that exists there.</summary>
    [Id(1)] public string? Host { get; init; }

    /// <summary>A volume of the container runtime, made on first use and kept on that node.</summary>
    [Id(2)] public string? Named { get; init; }
}
