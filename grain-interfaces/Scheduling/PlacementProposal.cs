namespace OrleansCluster;

/// <summary>What a scheduler would decide for a request now: a node, or why there is none.</summary>
[GenerateSerializer, Immutable, Alias("ocs.PlacementProposal")]
public sealed record PlacementProposal
{
    [Id(0)] public required string TaskId { get; init; }

    /// <summary><see langword="null"/> where nothing fits.</summary>
    [Id(1)] public string? Node { get; init; }

    /// <summary>The node's ETag that this rests on.</summary>
    [Id(2)] public long NodeETag { get; init; }

    /// <summary>Where nothing fits.</summary>
    [Id(3)] public PlacementExplanation? Explanation { get; init; }
}
