using System.Collections.Immutable;

namespace OrleansCluster;

/// <summary>How a service's deployments go on, as in ECS.</summary>
[GenerateSerializer, Immutable, Alias("ocs.DeploymentConfiguration")]
public sealed record DeploymentConfiguration
{
    [Id(0)] public DeploymentStrategy Strategy { get; init; } = DeploymentStrategy.Rolling;

    /// <summary>Of the desired count, rounded up: as many tasks stay healthy, so far as it is up to the service; 0 to 100.</summary>
    [Id(1)] public int MinimumHealthyPercent { get; init; } = 100;

    /// <summary>Of the desired count, rounded down: no more tasks are there at a time, those that stop among them; 100 to 400.</summary>
    [Id(2)] public int MaximumPercent { get; init; } = 200;

    /// <summary>Seconds that a task has to run, and be healthy, before it counts as healthy; 0 to 3,600.</summary>
    [Id(3)] public int MinimumHealthyTime { get; init; } = 5;

    /// <summary>Of the desired count, rounded up: the tasks that go first; 1 to 99, with <see cref="DeploymentStrategy.Canary"/> alone.</summary>
    [Id(4)] public int CanaryPercent { get; init; } = 10;

    /// <summary>Seconds that the new tasks have to stay healthy before the deployment goes on, or is complete; 0 to 86,400.</summary>
    [Id(5)] public int BakeTime { get; init; }
    [Id(6)] public CircuitBreakerSpec CircuitBreaker { get; init; } = new();

    /// <summary>What else lets a deployment fail; <see langword="null"/> for nothing.</summary>
    [Id(7)] public DeploymentAlarms? Alarms { get; init; }

    /// <summary>What a deployment waits for at some of its stages, at most 10; a deployment has those that its revision was put with.</summary>
    [Id(8)] public ImmutableArray<DeploymentHookSpec> Hooks { get; init; } = [];
}
