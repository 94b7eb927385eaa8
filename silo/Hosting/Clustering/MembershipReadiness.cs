using OrleansCluster.Silo.Api;

namespace OrleansCluster.Silo.Hosting.Clustering;

/// <summary>A silo that has not joined the others yet, or that they have given up, must not be sent requests.</summary>
internal sealed class MembershipReadiness(IClusterMembershipService membership, ILocalSiloDetails silo) : IReadiness
{
    public Task<string?> FindObstacle(CancellationToken cancellationToken)
    {
        var status = membership.CurrentSnapshot.GetSiloStatus(silo.SiloAddress);
        return Task.FromResult(status == SiloStatus.Active ? null : $"the silo is {status} in the membership, not Active");
    }
}
