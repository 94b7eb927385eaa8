using System.Collections.Immutable;

namespace OrleansCluster;

/// <summary>
/// How it is found out whether a container that runs is well, as in ECS: by exactly one of <see cref="Command"/>, <see cref="Http"/>, <see cref="Tcp"/> and
/// <see cref="Image"/>. One success makes it HEALTHY, <see cref="Retries"/> failures in a row make it UNHEALTHY.
/// </summary>
[GenerateSerializer, Immutable, Alias("ocs.HealthCheckSpec")]
public sealed record HealthCheckSpec
{
    /// <summary>Run in the container, without a shell of its own; exit code 0 is a success.</summary>
    [Id(0)] public ImmutableArray<string> Command { get; init; } = [];

    /// <summary>A GET that the node's agent sends.</summary>
    [Id(1)] public HttpCheckSpec? Http { get; init; }

    /// <summary>A connection that the node's agent opens.</summary>
    [Id(2)] public TcpCheckSpec? Tcp { get; init; }

    /// <summary>The image's own HEALTHCHECK; what is left out beside it is as the image says.</summary>
    [Id(3)] public bool Image { get; init; }

    /// <summary>
    /// Seconds from the end of one check to the next, 1 to 300; 30 where nothing is said. In the start period http and tcp are tried every second, until one succeeds.
    /// </summary>
    [Id(4)] public int? Interval { get; init; }

    /// <summary>Seconds that one check may take before it counts as failed, 1 to 60; 5 where nothing is said.</summary>
    [Id(5)] public int? Timeout { get; init; }

    /// <summary>Failures in a row that make it UNHEALTHY, 1 to 10; 3 where nothing is said.</summary>
    [Id(6)] public int? Retries { get; init; }

    /// <summary>Seconds from the container's start in which failures do not count, until the first success; 0 to 300, 0 where nothing is said.</summary>
    [Id(7)] public int? StartPeriod { get; init; }
}
