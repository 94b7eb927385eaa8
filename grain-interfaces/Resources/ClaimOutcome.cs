namespace OrleansCluster;

/// <summary>The answer for one claim of a transaction: committed on a node, or a receipt that says why not.</summary>
[GenerateSerializer, Immutable, Alias("ocs.ClaimOutcome")]
public sealed record ClaimOutcome
{
    [Id(0)] public required string TaskId { get; init; }
    [Id(1)] public required int Attempt { get; init; }

    /// <summary>Where the attempt's claim is. For a repeated request this is where it was committed first, which may be another node than asked for.</summary>
    [Id(2)] public string? Node { get; init; }
    [Id(3)] public ClaimRejection? Rejection { get; init; }

    public bool IsCommitted => Rejection is null;
}
