namespace OrleansCluster.Grains.Storage;

/// <param name="TakenBy">The transaction that took it, as <c>scheduler/transaction</c>.</param>
public sealed record ClaimRow(Claim Claim, string TakenBy);
