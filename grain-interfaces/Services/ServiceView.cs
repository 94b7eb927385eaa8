using System.Collections.Immutable;

namespace OrleansCluster;

/// <summary>A service as the API shows it.</summary>
[GenerateSerializer, Immutable, Alias("ocs.ServiceView")]
public sealed record ServiceView
{
    [Id(0)] public required ServiceSpec Spec { get; init; }
    [Id(1)] public required ServiceStatus Status { get; init; }

    /// <summary>What it has to come to: the desired count, or for a daemon the nodes that it goes to.</summary>
    [Id(2)] public required int Desired { get; init; }

    /// <summary>Tasks that wait for a node or start.</summary>
    [Id(3)] public required int Pending { get; init; }
    [Id(4)] public required int Running { get; init; }

    /// <summary>Of those that run, the ones that have been healthy for long enough to count.</summary>
    [Id(5)] public required int Healthy { get; init; }

    /// <summary>The newest first; ten that have ended are kept.</summary>
    [Id(6)] public required ImmutableArray<DeploymentView> Deployments { get; init; }

    /// <summary>In the order of their slots.</summary>
    [Id(7)] public required ImmutableArray<ServiceTaskView> Tasks { get; init; }

    /// <summary>The newest first.</summary>
    [Id(8)] public required ImmutableArray<ServiceEvent> Events { get; init; }
    [Id(9)] public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Differs whenever something of the service has changed; below 2^53.</summary>
    [Id(10)] public required long Version { get; init; }

    /// <summary>Those that are known now, in the order of their names.</summary>
    [Id(11)] public ImmutableArray<ServiceMetric> Metrics { get; init; } = [];

    /// <summary><see langword="null"/> for a service without autoscaling.</summary>
    [Id(12)] public ScalingView? Scaling { get; init; }

    /// <summary>Moves that would spread its tasks evenly, 100 at the most; none where its rebalancing is off and nobody has asked.</summary>
    [Id(22)] public ImmutableArray<ServiceMove> SuggestedMoves { get; init; } = [];
}
