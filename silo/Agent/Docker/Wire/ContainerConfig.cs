namespace OrleansCluster.Silo.Agent.Docker.Wire;

internal sealed record ContainerConfig
{
    public string? Image { get; init; }
    public string[]? Entrypoint { get; init; }
    public string[]? Cmd { get; init; }
    public string[]? Env { get; init; }
    public string? WorkingDir { get; init; }
    public string? User { get; init; }
    public Dictionary<string, string>? Labels { get; init; }
}
