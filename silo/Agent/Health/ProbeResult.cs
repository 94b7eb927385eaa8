namespace OrleansCluster.Silo.Agent.Health;

/// <summary>What one check has found.</summary>
/// <param name="Began">By the host's clock, as the container's start is.</param>
/// <param name="Failure">What it ran into; <see langword="null"/> for a success.</param>
internal readonly record struct ProbeResult(DateTimeOffset Began, string? Failure);
