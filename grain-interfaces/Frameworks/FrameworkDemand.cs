using System.Collections.Immutable;

namespace OrleansCluster;

/// <summary>A framework that wants offers.</summary>
[GenerateSerializer, Immutable, Alias("ocs.FrameworkDemand")]
public sealed record FrameworkDemand
{
    [Id(0)] public required FrameworkSpec Spec { get; init; }

    /// <summary>What its tasks use; its offers come on top.</summary>
    [Id(1)] public required ResourceTotals Used { get; init; }

    /// <summary>Nodes that are not offered to it before a time.</summary>
    [Id(2)] public ImmutableSortedDictionary<string, DateTimeOffset> Refused { get; init; } = ImmutableSortedDictionary<string, DateTimeOffset>.Empty;
}
