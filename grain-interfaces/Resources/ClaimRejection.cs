namespace OrleansCluster;

/// <summary>A receipt: which limit refused the claim, by how much, and the version that shows it.</summary>
[GenerateSerializer, Immutable, Alias("ocs.ClaimRejection")]
public sealed record ClaimRejection
{
    [Id(0)] public required ClaimRejectionReason Reason { get; init; }

    /// <summary>The dimension that fell short, in words: <c>cpu</c>, <c>memory</c>, <c>gpu</c>, <c>amount licence</c>, <c>port 8080/TCP</c>, <c>group family:web</c>.</summary>
    [Id(1)] public string Dimension { get; init; } = "";

    /// <summary>How much was missing, in the dimension's unit; 0 where that has no meaning.</summary>
    [Id(2)] public long Shortfall { get; init; }

    /// <summary>The last transaction that took from the node, as <c>scheduler/transaction</c>; empty where unknown.</summary>
    [Id(3)] public string TakenBy { get; init; } = "";

    /// <summary>A scheduler that reads at least this version sees why.</summary>
    [Id(4)] public ClusterVersion RefreshTo { get; init; }
}
