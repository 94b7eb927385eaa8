namespace OrleansCluster.Silo.Agent.Docker.Wire;

internal sealed record DaemonVersion
{
    public required string Version { get; init; }
    public string? ApiVersion { get; init; }
}
