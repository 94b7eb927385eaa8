namespace OrleansCluster;

/// <summary>A metric of a service as it is known now. It is forgotten a minute after it was last heard of.</summary>
[GenerateSerializer, Immutable, Alias("ocs.ServiceMetric")]
public sealed record ServiceMetric
{
    [Id(0)] public required string Name { get; init; }

    /// <summary>As it was put; of <c>cpu</c> and <c>memory</c> percent of what is claimed, averaged over <see cref="Tasks"/>.</summary>
    [Id(1)] public required double Value { get; init; }

    /// <summary>When it was received.</summary>
    [Id(2)] public required DateTimeOffset At { get; init; }

    /// <summary>Of how many tasks it is known; <see langword="null"/> for what was put.</summary>
    [Id(3)] public int? Tasks { get; init; }
}
