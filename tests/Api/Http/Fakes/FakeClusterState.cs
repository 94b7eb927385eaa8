using System.Collections.Immutable;

namespace OrleansCluster.Tests.Api.Http.Fakes;

/// <summary>The committer as far as teams go.</summary>
internal sealed class FakeClusterState : IClusterStateGrain
{
    public Refusal? Refusal { get; set; }
    public TeamSet? Declared { get; private set; }
    public (string Team, string? ETag)? Deleted { get; private set; }
    public (DateTimeOffset From, DateTimeOffset To)? Asked { get; private set; }
    public ImmutableArray<TeamUsage> Usage { get; set; } = [];

    public Task<Refusal?> PutTeams(TeamSet teams)
    {
        Declared = teams;
        return Task.FromResult(Refusal);
    }

    public Task<Refusal?> DeleteTeam(string team, string? etag)
    {
        Deleted = (team, etag);
        return Task.FromResult(Refusal);
    }

    public Task<ImmutableArray<TeamUsage>> ReadUsage(DateTimeOffset from, DateTimeOffset to)
    {
        Asked = (from, to);
        return Task.FromResult(Usage);
    }

    public Task<ImmutableArray<ClaimOutcome>> Commit(ClaimTransaction transaction) => throw new NotSupportedException();

    public Task<ClaimPreview> Preview(ClaimTransaction transaction) => throw new NotSupportedException();

    public Task<ImmutableArray<PreemptionPlan>> PlanPreemption(ImmutableArray<PlacementRequest> requests, ImmutableArray<PreemptionUnderWay> underWay) => throw new NotSupportedException();

    public Task Release(ImmutableArray<ClaimRelease> releases) => throw new NotSupportedException();

    public Task<ClusterDelta> Read(ClusterVersion since, TimeSpan wait, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Answer<NodeClaims>> RegisterNode(NodeRegistration registration) => throw new NotSupportedException();

    public Task SetNodeStatus(string node, NodeStatus status) => throw new NotSupportedException();

    public Task<NodeClaims?> ReadNode(string node) => throw new NotSupportedException();
}
