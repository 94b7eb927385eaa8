using System.Collections.Immutable;
using Orleans.Concurrency;

namespace OrleansCluster;

/// <summary>The committer of one cluster: keeps every node's capacity and claims, and settles who gets what. Key: <see cref="GrainKeys.Cluster"/>.</summary>
[Alias("ocs.IClusterStateGrain")]
public interface IClusterStateGrain : IGrainWithStringKey
{
    /// <summary>Validates and commits claims; one outcome for each claim, in their order. What is answered as committed is durable.</summary>
    [Alias("Commit"), AlwaysInterleave]
    Task<ImmutableArray<ClaimOutcome>> Commit(ClaimTransaction transaction);

    /// <summary>What <see cref="Commit"/> would answer now; nothing changes.</summary>
    [Alias("Preview"), AlwaysInterleave]
    Task<ClaimPreview> Preview(ClaimTransaction transaction);

    /// <summary>
    /// For tasks that fit nowhere, where each would go and who would have to leave for it: claims of lower bands, no more than it needs. One plan for each that can be
    /// helped, in the order of the requests; nothing changes. A gang, whose requests follow one another, is helped whole or not at all, and one that has to leave leaves
    /// whole, from all its nodes.
    /// </summary>
    /// <param name="underWay">For whom claims are leaving already: they count as gone, and those tasks as placed.</param>
    [Alias("PlanPreemption"), AlwaysInterleave]
    Task<ImmutableArray<PreemptionPlan>> PlanPreemption(ImmutableArray<PlacementRequest> requests, ImmutableArray<PreemptionUnderWay> underWay);

    /// <summary>Gives claims back; durable when it returns.</summary>
    [Alias("Release"), AlwaysInterleave]
    Task Release(ImmutableArray<ClaimRelease> releases);

    /// <summary>What changed since a version. Waits up to <paramref name="wait"/> while there is nothing new, then answers with no nodes.</summary>
    [Alias("Read"), AlwaysInterleave, ResponseTimeout("00:01:30")]
    Task<ClusterDelta> Read(ClusterVersion since, TimeSpan wait, CancellationToken cancellationToken);

    /// <summary>
    /// Takes a node in, or takes over its changed capacity. Refused when claims on it exceed the capacity offered. A lost node is not taken in before all
    /// that was claimed on it has been given back: until then the answer's status is <see cref="NodeStatus.Lost"/>, and nothing has changed.
    /// </summary>
    [Alias("RegisterNode"), AlwaysInterleave]
    Task<Answer<NodeClaims>> RegisterNode(NodeRegistration registration);

    /// <summary>
    /// Durable when it returns. Setting the status a node has changes nothing; an unknown node is ignored. Of nodes that are to be lost only some are at a time (five, or one in
    /// twenty, a minute): the others stay what they are, and whoever finds them silent asks again.
    /// </summary>
    [Alias("SetNodeStatus"), AlwaysInterleave]
    Task SetNodeStatus(string node, NodeStatus status);

    /// <summary>Declares teams, all of them or none; refused with every fault found. Durable when it returns.</summary>
    [Alias("PutTeams"), AlwaysInterleave]
    Task<Refusal?> PutTeams(TeamSet teams);

    /// <summary>
    /// Takes a declaration back; refused while the team has children. What runs goes on as an undeclared team's.
    /// </summary>
    /// <param name="etag">Only while the declaration has this ETag; any where <see langword="null"/>.</param>
    [Alias("DeleteTeam"), AlwaysInterleave]
    Task<Refusal?> DeleteTeam(string team, string? etag);

    /// <summary>What teams have used, hour by hour, of hours that overlap the time asked for; what still runs is counted up to now. A year at the most.</summary>
    [Alias("ReadUsage"), AlwaysInterleave]
    Task<ImmutableArray<TeamUsage>> ReadUsage(DateTimeOffset from, DateTimeOffset to);

    /// <summary>The claims of one node; <see langword="null"/> for an unknown node.</summary>
    [Alias("ReadNode"), AlwaysInterleave]
    Task<NodeClaims?> ReadNode(string node);
}
