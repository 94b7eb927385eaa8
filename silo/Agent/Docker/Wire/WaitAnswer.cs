namespace OrleansCluster.Silo.Agent.Docker.Wire;

internal sealed record WaitAnswer
{
    public int StatusCode { get; init; }
}
