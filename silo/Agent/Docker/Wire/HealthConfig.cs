namespace OrleansCluster.Silo.Agent.Docker.Wire;

/// <summary>A health check of the daemon's; what is 0 is the image's to say, or the daemon's.</summary>
internal sealed record HealthConfig
{
    /// <summary><c>CMD</c> and its words, or <c>NONE</c>; <see langword="null"/> for the image's own.</summary>
    public string[]? Test { get; init; }

    /// <summary>Nanoseconds, and so are the others.</summary>
    public long Interval { get; init; }
    public long Timeout { get; init; }
    public int Retries { get; init; }
    public long StartPeriod { get; init; }
}
