namespace OrleansCluster;

/// <summary>What a container's health check has found.</summary>
/// <param name="Status">Of an attempt's container it is UNKNOWN at first, and never again after it was anything else.</param>
/// <param name="Since">When it was seen to change to that, by the node's clock; <see langword="null"/> while it is unknown.</param>
/// <param name="Reason">What the last check ran into that made it UNHEALTHY, 200 characters at most, or why nothing can be found out.</param>
[GenerateSerializer, Immutable, Alias("ocs.ContainerHealth")]
public sealed record ContainerHealth([property: Id(0)] HealthStatus Status, [property: Id(1)] DateTimeOffset? Since, [property: Id(2)] string? Reason)
{
    public static ContainerHealth Unknown { get; } = new(HealthStatus.Unknown, null, null);
}
