using System.Collections.Immutable;

namespace OrleansCluster;

/// <summary>Tasks that must stay up: a registered definition, or containers of the service's own, kept at a desired count.</summary>
[GenerateSerializer, Immutable, Alias("ocs.ServiceSpec")]
public sealed record ServiceSpec
{
    /// <summary>Lower-case letters, digits and hyphens, 1 to 63 characters; ids of its tasks begin with it.</summary>
    [Id(0)] public required string Name { get; init; }

    /// <summary>Whose share of the cluster it uses.</summary>
    [Id(1)] public string Team { get; init; } = "default";

    /// <summary>0 to 100; by default in the band of production (75 to 89), which is not preempted by anything but monitoring.</summary>
    [Id(2)] public int Priority { get; init; } = 75;
    [Id(3)] public SchedulingStrategy SchedulingStrategy { get; init; } = SchedulingStrategy.Replica;

    /// <summary>Tasks, 0 to 10,000; a daemon service has none of its own.</summary>
    [Id(4)] public int DesiredCount { get; init; } = 1;

    /// <summary><c>family</c> (its newest revision when the service is put) or <c>family:revision</c>; not together with <see cref="Containers"/>.</summary>
    [Id(5)] public string? Definition { get; init; }

    /// <summary>An inline definition, registered as family <c>NAME-service</c>.</summary>
    [Id(6)] public ImmutableArray<ContainerSpec> Containers { get; init; } = [];
    [Id(7)] public ImmutableArray<VolumeSpec> Volumes { get; init; } = [];
    [Id(8)] public NetworkMode Network { get; init; }

    /// <summary>Which nodes its tasks may go to; all must hold, at most 10.</summary>
    [Id(9)] public ImmutableArray<PlacementConstraint> PlacementConstraints { get; init; } = [];

    /// <summary>Which of those nodes is taken; spread over the nodes where there is none.</summary>
    [Id(10)] public ImmutableArray<PlacementStep> PlacementStrategy { get; init; } = [];

    /// <summary>Seconds from a task's launch on its node, images included, to its containers running, 1 to 86,400; then it has failed to start.</summary>
    [Id(11)] public int? StartTimeout { get; init; }
    [Id(12)] public DeploymentConfiguration DeploymentConfiguration { get; init; } = new();

    /// <summary>
    /// Seconds between a task's leaving the endpoint list and its stop, 0 to 3,600, so that requests under way end: it is DEACTIVATING meanwhile. Where nothing is said,
    /// 5 for tasks that publish ports, none for others.
    /// </summary>
    [Id(20)] public int? DeregistrationDelay { get; init; }

    /// <summary>The desired count follows metrics; <see langword="null"/> for a count that stays as it is put. Not for a daemon service.</summary>
    [Id(21)] public AutoscalingSpec? Autoscaling { get; init; }
    [Id(22)] public RebalancingSpec Rebalancing { get; init; } = new();
}
