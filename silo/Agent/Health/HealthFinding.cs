namespace OrleansCluster.Silo.Agent.Health;

/// <summary>What is said of a container's health, by whoever checks it: not news as long as it is the same again.</summary>
/// <param name="Reason">Why it is UNHEALTHY, or why nothing can be found out.</param>
public sealed record HealthFinding(HealthStatus Status, string? Reason);
