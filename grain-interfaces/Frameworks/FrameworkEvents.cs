using System.Collections.Immutable;

namespace OrleansCluster;

/// <summary>What is new in a framework's stream.</summary>
[GenerateSerializer, Immutable, Alias("ocs.FrameworkEvents")]
public sealed record FrameworkEvents
{
    /// <summary>False where the stream has ended: another one has taken its place, it was too slow, or its silo was lost. Subscribing again tells all that is still so.</summary>
    [Id(0)] public required bool IsOpen { get; init; }

    /// <summary>In their order; none where nothing came within the time.</summary>
    [Id(1)] public ImmutableArray<FrameworkEvent> Events { get; init; } = [];

    /// <summary>Where it has ended: whether another one has taken its place.</summary>
    [Id(2)] public bool IsFollowed { get; init; }
}
