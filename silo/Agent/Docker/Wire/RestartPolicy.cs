namespace OrleansCluster.Silo.Agent.Docker.Wire;

internal sealed record RestartPolicy(string Name);
