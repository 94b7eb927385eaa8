namespace OrleansCluster.Silo.Api;

/// <summary>Where the API listens, and its limits. Kestrel's own defaults hold for the rest: 30 s for a request's headers, 32 KiB of them.</summary>
public sealed record ApiOptions
{
    /// <summary><c>host:port</c> on loopback; port 0 takes a free one.</summary>
    public string Address { get; init; } = "127.0.0.1:7070";

    /// <summary>Bytes of a request's body; enough for a job of as many tasks and dependencies as one may have.</summary>
    public int LargestBody { get; init; } = 8 * 1024 * 1024;

    public int MostConnections { get; init; } = 2048;

    /// <summary>Event streams and followed logs that are open at the same time.</summary>
    public int MostStreams { get; init; } = 256;

    /// <summary>How long an event stream may be silent before it shows that it is alive.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(15);
}
