namespace OrleansCluster.Silo.Agent.Docker.Wire;

/// <param name="Networks">By name.</param>
internal sealed record NetworkSettings(Dictionary<string, NetworkEndpoint>? Networks);
