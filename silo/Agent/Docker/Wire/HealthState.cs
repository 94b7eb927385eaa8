namespace OrleansCluster.Silo.Agent.Docker.Wire;

internal sealed record HealthState
{
    /// <summary><c>none</c>, <c>starting</c>, <c>healthy</c> or <c>unhealthy</c>.</summary>
    public string? Status { get; init; }

    /// <summary>The last five results, the newest last.</summary>
    public HealthResult[]? Log { get; init; }
}
