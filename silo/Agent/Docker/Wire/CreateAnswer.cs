namespace OrleansCluster.Silo.Agent.Docker.Wire;

internal sealed record CreateAnswer
{
    public required string Id { get; init; }
    public string[]? Warnings { get; init; }
}
