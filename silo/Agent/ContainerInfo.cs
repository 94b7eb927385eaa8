using System.Collections.Immutable;
using OrleansCluster.Silo.Agent.Health;

namespace OrleansCluster.Silo.Agent;

/// <summary>A container as the runtime sees it.</summary>
public sealed record ContainerInfo
{
    public required string Id { get; init; }
    public required ContainerLabels Labels { get; init; }

    /// <summary>Created, Running or Stopped. A container that failed to start is Stopped.</summary>
    public required ContainerStatus Status { get; init; }
    public int? ExitCode { get; init; }

    /// <summary>It ended because it went over its memory limit.</summary>
    public bool OutOfMemory { get; init; }

    /// <summary>The runtime's own words about a failed start; empty otherwise.</summary>
    public string Error { get; init; } = "";

    /// <summary>What the runtime's own checks have found (a command in the container, the image's HEALTHCHECK); <see langword="null"/> where it makes none.</summary>
    public HealthFinding? Health { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Those of the node that the runtime has published, while it runs.</summary>
    public ImmutableArray<PublishedPort> Ports { get; init; } = [];
}
