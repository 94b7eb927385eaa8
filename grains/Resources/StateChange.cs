using System.Collections.Immutable;
using OrleansCluster.Grains.Storage;

namespace OrleansCluster.Grains.ResourceManagement;

/// <summary>A change already applied in memory: what to write, and what to show once that is durable.</summary>
internal sealed record StateChange(CommitUnit Unit, ImmutableArray<NodePublication> Publications, ImmutableArray<TeamPublication> Teams)
{
    /// <summary>Claims that it gives back.</summary>
    public ImmutableArray<Claim> Released { get; init; } = [];
}
