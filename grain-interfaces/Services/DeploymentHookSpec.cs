using System.Collections.Immutable;

namespace OrleansCluster;

/// <summary>
/// What a deployment waits for at some of its stages: a job of one task, run once for each deployment and stage, or somebody's approval. Where that fails, or takes too long, the
/// deployment has failed. The task has <c>OCS_SERVICE</c>, <c>OCS_DEPLOYMENT</c>, <c>OCS_REVISION</c> and <c>OCS_STAGE</c> in its environment.
/// </summary>
[GenerateSerializer, Immutable, Alias("ocs.DeploymentHookSpec")]
public sealed record DeploymentHookSpec
{
    /// <summary>Unique within the service: lower-case letters, digits and hyphens, 1 to 63 characters.</summary>
    [Id(0)] public required string Name { get; init; }

    /// <summary>At least one; <c>POST_CANARY</c> goes with CANARY alone, <c>POST_PRODUCTION_TRAFFIC_SHIFT</c> with BLUE_GREEN.</summary>
    [Id(1)] public required ImmutableArray<DeploymentHookStage> Stages { get; init; }

    /// <summary>Somebody has to approve: <c>ocs service approve</c>. Goes with neither a definition nor containers.</summary>
    [Id(2)] public bool Approval { get; init; }

    /// <summary><c>family</c> (its newest revision when the hook runs) or <c>family:revision</c>; not together with <see cref="Containers"/>.</summary>
    [Id(3)] public string? Definition { get; init; }

    /// <summary>An inline definition, registered as family <c>SERVICE-hook-NAME</c> when the hook runs.</summary>
    [Id(4)] public ImmutableArray<ContainerSpec> Containers { get; init; } = [];
    [Id(5)] public ImmutableArray<VolumeSpec> Volumes { get; init; } = [];
    [Id(6)] public NetworkMode Network { get; init; }

    /// <summary>Seconds in which it has to succeed, waiting for a node included, 1 to 604,800.</summary>
    [Id(7)] public int Timeout { get; init; } = 3_600;
}
