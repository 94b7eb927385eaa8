namespace OrleansCluster;

/// <summary>What a service's autoscaling is at.</summary>
[GenerateSerializer, Immutable, Alias("ocs.ScalingView")]
public sealed record ScalingView
{
    /// <summary>In force now: the specification's, or what a schedule has set.</summary>
    [Id(0)] public required int Minimum { get; init; }
    [Id(1)] public required int Maximum { get; init; }

    /// <summary>When the desired count last grew, and last shrank, by whatever cause.</summary>
    [Id(2)] public DateTimeOffset? LastScaleOut { get; init; }
    [Id(3)] public DateTimeOffset? LastScaleIn { get; init; }

    /// <summary>Why it last changed.</summary>
    [Id(4)] public string? Reason { get; init; }
}
