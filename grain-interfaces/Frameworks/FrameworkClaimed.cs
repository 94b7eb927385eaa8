using System.Collections.Immutable;

namespace OrleansCluster;

/// <summary>What has become of a framework's claims, one by one in their order.</summary>
[GenerateSerializer, Immutable, Alias("ocs.FrameworkClaimed")]
public sealed record FrameworkClaimed([property: Id(0)] ImmutableArray<FrameworkClaimOutcome> Claims);

/// <summary>The answer for one claim: committed on a node, or a receipt that says why not.</summary>
/// <param name="Claim">Its id, by which a launch uses it up and the framework releases it.</param>
[GenerateSerializer, Immutable, Alias("ocs.FrameworkClaimOutcome")]
public sealed record FrameworkClaimOutcome([property: Id(0)] string Claim, [property: Id(1)] string? Node, [property: Id(2)] ClaimRejection? Rejection)
{
    public bool IsCommitted => Rejection is null;
}
