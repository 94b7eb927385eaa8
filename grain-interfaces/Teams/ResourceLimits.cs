namespace OrleansCluster;

/// <summary>A bound for some dimensions; what is left out is not bounded.</summary>
[GenerateSerializer, Immutable, Alias("ocs.ResourceLimits")]
public sealed record ResourceLimits
{
    /// <summary>Millicores.</summary>
    [Id(0)] public long? Cpu { get; init; }

    /// <summary>MiB.</summary>
    [Id(1)] public long? Memory { get; init; }

    /// <summary>MiB.</summary>
    [Id(2)] public long? Disk { get; init; }

    /// <summary>Thousandths of a device: 1000 is a whole one.</summary>
    [Id(3)] public long? Gpu { get; init; }
}
