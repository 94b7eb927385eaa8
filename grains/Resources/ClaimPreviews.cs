namespace OrleansCluster.Grains.ResourceManagement;

/// <summary>Transactions that are looked at before they are committed.</summary>
internal static class ClaimPreviews
{
    public static ClaimPreview Of(ClusterState state, ClaimTransaction transaction)
    {
        var outcomes = ClaimValidator.Validate(state, transaction).Outcomes;
        var claims = transaction.Claims.Zip(outcomes)
            .Where(x => x.Second.IsCommitted && x.Second.Node == x.First.Node)
            .Select(x => x.First with { NodeETag = state.FindNode(x.First.Node)?.Row.ETag ?? 0 });
        return new ClaimPreview
        {
            Outcomes = outcomes,
            Transaction = transaction with
            {
                DecidedOn = state.Version,
                Detection = ConflictDetection.Coarse,
                Mode = CommitMode.AllOrNothing,
                Claims = [.. claims],
            },
        };
    }
}
