using System.Collections.Immutable;

namespace OrleansCluster.Grains.ResourceManagement;

/// <summary>Requests for checkpoints on their way to the agent: of each claim the last one.</summary>
internal sealed class CheckpointRequests
{
    public ImmutableArray<CheckpointRequest> Open { get; private set; } = [];

    /// <summary>Whether it was news.</summary>
    public bool Add(string claimId, int number)
    {
        if (Open.Any(open => open.ClaimId == claimId && open.Number >= number))
            return false;
        Open = [.. Open.Where(open => open.ClaimId != claimId), new CheckpointRequest(claimId, number)];
        return true;
    }

    /// <summary>Forgets those of claims that are gone.</summary>
    public void Keep(ImmutableArray<Claim> claims)
    {
        if (!Open.IsEmpty)
            Open = Open.RemoveAll(open => claims.All(claim => claim.Id != open.ClaimId));
    }
}
