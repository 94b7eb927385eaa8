namespace OrleansCluster.Silo.Agent.Docker.Wire;

internal sealed record PortBinding(string HostPort);
