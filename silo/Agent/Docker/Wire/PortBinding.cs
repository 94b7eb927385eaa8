namespace OrleansCluster.Silo.Agent.Docker.Wire;

internal sealed record PortBinding(string HostPort)
{
    /// <summary>Empty for all addresses; an answer has two then, one of each family, with ports that may differ.</summary>
    public string? HostIp { get; init; }
}
