using System.Collections.Immutable;

namespace OrleansCluster;

/// <summary>All claims of one node at one ETag; only durable ones.</summary>
[GenerateSerializer, Immutable, Alias("ocs.NodeClaims")]
public sealed record NodeClaims
{
    [Id(0)] public required string Node { get; init; }
    [Id(1)] public required long ETag { get; init; }
    [Id(2)] public required NodeStatus Status { get; init; }
    [Id(3)] public required ImmutableArray<Claim> Claims { get; init; }

    /// <summary>Those that tasks run on; the others are held for offers.</summary>
    public ImmutableArray<Claim> OfTasks => Claims.Any(claim => claim.IsOffer) ? Claims.RemoveAll(claim => claim.IsOffer) : Claims;
}
