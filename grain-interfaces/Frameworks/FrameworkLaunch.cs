using System.Collections.Immutable;

namespace OrleansCluster;

/// <summary>
/// Tasks that a framework places together: a claim transaction. What it rests on is either the shared state, or offers, which are given back in the same transaction, so that
/// nobody else can have them in between.
/// </summary>
[GenerateSerializer, Immutable, Alias("ocs.FrameworkLaunch")]
public sealed record FrameworkLaunch
{
    /// <summary>For how long what was offered is not offered again where nothing is said.</summary>
    public const double StandardRefuseSeconds = 5;

    /// <summary>A year.</summary>
    public const double LongestRefuseSeconds = 31_536_000;

    /// <summary>The framework's own, unique among its launches: the same one again changes nothing and gets the same answer.</summary>
    [Id(0)] public required string TransactionId { get; init; }
    [Id(1)] public ImmutableArray<FrameworkTask> Tasks { get; init; } = [];

    /// <summary>Ids of offers, or of what it has claimed without tasks, that are used up by it, whatever of them its tasks leave.</summary>
    [Id(2)] public ImmutableArray<string> Offers { get; init; } = [];
    [Id(3)] public ClusterVersion DecidedOn { get; init; }
    [Id(4)] public ConflictDetection Detection { get; init; }
    [Id(5)] public CommitMode Mode { get; init; }

    /// <summary>Seconds for which what is left of the offers is not offered to it again, 0 to 31,536,000; 5 where nothing is said.</summary>
    [Id(6)] public double? RefuseSeconds { get; init; }
}
