namespace OrleansCluster.Silo.Agent.Docker.Wire;

internal sealed record NetworkSettings
{
    /// <summary>By name.</summary>
    public Dictionary<string, NetworkEndpoint>? Networks { get; init; }

    /// <summary>Keys such as <c>80/tcp</c>; <see langword="null"/> for what is exposed only. Empty unless it runs.</summary>
    public Dictionary<string, PortBinding[]?>? Ports { get; init; }
}
