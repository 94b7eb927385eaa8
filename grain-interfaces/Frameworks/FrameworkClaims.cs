using System.Collections.Immutable;

namespace OrleansCluster;

/// <summary>
/// Resources that a framework claims together before it says what for: a claim transaction without tasks. What is committed is its own until a launch uses it up, it is released, or its time is over.
/// </summary>
[GenerateSerializer, Immutable, Alias("ocs.FrameworkClaims")]
public sealed record FrameworkClaims
{
    /// <summary>The framework's own, unique among its claims: the same one again changes nothing while they stand, and gets the same answer.</summary>
    [Id(0)] public required string TransactionId { get; init; }

    /// <summary>1 to 1,000.</summary>
    [Id(1)] public ImmutableArray<FrameworkClaim> Claims { get; init; } = [];
    [Id(2)] public ClusterVersion DecidedOn { get; init; }
    [Id(3)] public ConflictDetection Detection { get; init; }
    [Id(4)] public CommitMode Mode { get; init; }

    /// <summary>For how long they stand after they were committed, 1 to 3,600; the framework's <c>offerTimeout</c> where nothing is said.</summary>
    [Id(5)] public int? HoldSeconds { get; init; }
}
