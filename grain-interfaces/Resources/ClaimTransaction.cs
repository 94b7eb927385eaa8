using System.Collections.Immutable;

namespace OrleansCluster;

/// <summary>Claims that one scheduler decided on together and asks to be committed.</summary>
[GenerateSerializer, Immutable, Alias("ocs.ClaimTransaction")]
public sealed record ClaimTransaction
{
    /// <summary>Names the scheduler in receipts.</summary>
    [Id(0)] public required string Scheduler { get; init; }

    /// <summary>Chosen by the scheduler, unique among its transactions.</summary>
    [Id(1)] public required string TransactionId { get; init; }
    [Id(2)] public required ClusterVersion DecidedOn { get; init; }
    [Id(3)] public ConflictDetection Detection { get; init; }
    [Id(4)] public CommitMode Mode { get; init; }
    [Id(5)] public required ImmutableArray<ClaimRequest> Claims { get; init; }

    /// <summary>
    /// Claims of offers that are given back by it, whatever becomes of those that it asks for; they may have the room. Where one of them is not there, nothing new is claimed.
    /// </summary>
    [Id(6)] public ImmutableArray<ClaimRelease> Replaces { get; init; } = [];

    /// <summary>As it stands in receipts.</summary>
    public string Name => $"{Scheduler}/{TransactionId}";
}
