using System.Collections.Immutable;

namespace OrleansCluster;

/// <summary>Something that a framework is told; one of its parts is there.</summary>
[GenerateSerializer, Immutable, Alias("ocs.FrameworkEvent")]
public sealed record FrameworkEvent
{
    /// <summary>Within its stream, from 1 on.</summary>
    [Id(0)] public required long Sequence { get; init; }

    /// <summary>Resources that are its own until it answers.</summary>
    [Id(1)] public ImmutableArray<Offer> Offers { get; init; } = [];

    /// <summary>The id of an offer, or of a claim without a task, that stands no more.</summary>
    [Id(2)] public string? Rescinded { get; init; }
    [Id(3)] public FrameworkUpdate? Update { get; init; }
}
