using System.Collections.Immutable;

namespace OrleansCluster;

/// <summary>One container of a task attempt as last seen.</summary>
[GenerateSerializer, Immutable, Alias("ocs.ContainerState")]
public sealed record ContainerState
{
    [Id(0)] public required string Name { get; init; }
    [Id(1)] public string? RuntimeId { get; init; }
    [Id(2)] public required ContainerStatus Status { get; init; }
    [Id(3)] public int? ExitCode { get; init; }

    /// <summary>Begins with ECS's word where there is one: <c>OutOfMemoryError</c>, <c>CannotPullContainerError</c>, <c>CannotCreateContainerError</c>, <c>CannotStartContainerError</c>.</summary>
    [Id(4)] public string? Reason { get; init; }
    [Id(5)] public DateTimeOffset? StartedAt { get; init; }
    [Id(6)] public DateTimeOffset? EndedAt { get; init; }

    /// <summary>As it was last while it ran; <see langword="null"/> where it has no health check.</summary>
    [Id(30)] public ContainerHealth? Health { get; init; }

    /// <summary>Where it is reached, from when it runs: the ports of its definition, with those that the runtime has chosen.</summary>
    [Id(31)] public ImmutableArray<PublishedPort> Ports { get; init; } = [];
}
