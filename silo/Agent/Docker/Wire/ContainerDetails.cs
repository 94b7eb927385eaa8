namespace OrleansCluster.Silo.Agent.Docker.Wire;

internal sealed record ContainerDetails
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public required RunState State { get; init; }
    public required ContainerConfig Config { get; init; }
    public HostConfig? HostConfig { get; init; }
    public NetworkSettings? NetworkSettings { get; init; }
}
