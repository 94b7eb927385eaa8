namespace OrleansCluster.Silo.Agent.Docker.Wire;

internal sealed record EventMessage
{
    public required string Action { get; init; }
    public required EventActor Actor { get; init; }
}
