namespace OrleansCluster.Grains.Storage;

/// <param name="TakenBy">The transaction that took it, as <c>scheduler/transaction</c>.</param>
public sealed record ClaimRow(Claim Claim, string TakenBy)
{
    /// <summary>The claim's, made once: it is looked up by it many times.</summary>
    public string Id { get; } = Claim.Id;
}
