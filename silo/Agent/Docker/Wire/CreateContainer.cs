namespace OrleansCluster.Silo.Agent.Docker.Wire;

/// <summary>The body of <c>POST /containers/create</c>; what is <see langword="null"/> is the image's or the daemon's to choose.</summary>
internal sealed record CreateContainer
{
    public required string Image { get; init; }
    public string[]? Entrypoint { get; init; }
    public string[]? Cmd { get; init; }

    /// <summary>Each <c>NAME=value</c>.</summary>
    public string[]? Env { get; init; }
    public string? WorkingDir { get; init; }
    public string? User { get; init; }
    public Dictionary<string, string>? Labels { get; init; }

    /// <summary>Keys such as <c>80/tcp</c>.</summary>
    public Dictionary<string, EmptyObject>? ExposedPorts { get; init; }
    public HealthConfig? Healthcheck { get; init; }
    public HostConfig? HostConfig { get; init; }
}
