using System.Collections.Immutable;

namespace OrleansCluster;

/// <summary>Brings an older snapshot up to date: the nodes that changed since, or all of them when <see cref="IsSnapshot"/>.</summary>
[GenerateSerializer, Immutable, Alias("ocs.ClusterDelta")]
public sealed record ClusterDelta
{
    [Id(0)] public required ClusterVersion Version { get; init; }
    [Id(1)] public required bool IsSnapshot { get; init; }

    /// <summary>Changed nodes, whole. A node that was removed does not occur in a delta; removals are rare and answered by a snapshot.</summary>
    [Id(2)] public required ImmutableArray<NodeSnapshot> Nodes { get; init; }

    /// <summary>Teams that have changed, whole; one without a specification and without claims has gone.</summary>
    [Id(3)] public ImmutableArray<TeamSnapshot> Teams { get; init; } = [];
}
