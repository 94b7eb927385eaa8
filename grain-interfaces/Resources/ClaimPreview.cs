using System.Collections.Immutable;

namespace OrleansCluster;

/// <summary>What committing a transaction would be answered now.</summary>
[GenerateSerializer, Immutable, Alias("ocs.ClaimPreview")]
public sealed record ClaimPreview
{
    /// <summary>One for each claim, in their order.</summary>
    [Id(0)] public required ImmutableArray<ClaimOutcome> Outcomes { get; init; }

    /// <summary>
    /// The claims that would be committed, with the versions of their nodes: committing this does exactly that, or nothing, and then the outcomes say which
    /// nodes have changed.
    /// </summary>
    [Id(1)] public required ClaimTransaction Transaction { get; init; }
}
