using System.Collections.Immutable;

namespace OrleansCluster;

/// <summary>One deployment of a service as the API shows it.</summary>
[GenerateSerializer, Immutable, Alias("ocs.DeploymentView")]
public sealed record DeploymentView
{
    /// <summary>From 1, in the order in which they began.</summary>
    [Id(0)] public required int Number { get; init; }

    /// <summary>What it deploys: revisions of the service are numbered from 1; a roll-back deploys an earlier one again.</summary>
    [Id(1)] public required int Revision { get; init; }

    /// <summary><c>family:revision</c> of its task definition.</summary>
    [Id(2)] public required string Definition { get; init; }
    [Id(3)] public required DeploymentStatus Status { get; init; }
    [Id(4)] public required DeploymentStage Stage { get; init; }
    [Id(5)] public string? Reason { get; init; }

    /// <summary>The deployment that it takes back; <see langword="null"/> for one that goes on.</summary>
    [Id(6)] public int? RollbackOf { get; init; }

    /// <summary>Tasks of its revision that are there, those that stop left out.</summary>
    [Id(7)] public required int Tasks { get; init; }

    /// <summary>Of those, the healthy ones.</summary>
    [Id(8)] public required int Healthy { get; init; }

    /// <summary>Failures of tasks that were started for it, and of them those that count against it.</summary>
    [Id(9)] public required int Failures { get; init; }
    [Id(10)] public required int FailuresCounted { get; init; }

    /// <summary>Failures at which it has failed; <see langword="null"/> without a circuit breaker.</summary>
    [Id(11)] public int? FailureThreshold { get; init; }
    [Id(12)] public required DateTimeOffset CreatedAt { get; init; }
    [Id(13)] public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Those that it has come to; of the newest deployment alone.</summary>
    [Id(22)] public ImmutableArray<HookView> Hooks { get; init; } = [];
}
