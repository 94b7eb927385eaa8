namespace OrleansCluster;

/// <summary>A framework listens: whoever listened for it before hears nothing more.</summary>
[GenerateSerializer, Immutable, Alias("ocs.FrameworkSubscription")]
public sealed record FrameworkSubscription
{
    /// <summary>Named in each call that belongs to it.</summary>
    [Id(0)] public required string Stream { get; init; }
    [Id(1)] public required FrameworkView Framework { get; init; }
}
