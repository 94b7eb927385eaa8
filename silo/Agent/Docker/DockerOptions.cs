namespace OrleansCluster.Silo.Agent.Docker;

/// <summary>Which daemon, and the limits of what is asked of it.</summary>
internal sealed record DockerOptions
{
    public required DockerEndpoint Endpoint { get; init; }

    /// <summary>
    /// The longest wait for one answer; a stop has its own time-out on top. Long, because a start waits its turn on a busy host.
    /// </summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The longest a pull may take in all.</summary>
    public TimeSpan PullTimeout { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Kept of one container's output, in MiB, twice: the file being written and the one before it.</summary>
    public int LogSize { get; init; } = 16;
}
