using System.Collections.Immutable;

namespace OrleansCluster.Silo.Agent;

/// <summary>How one agent runs one node.</summary>
public sealed record AgentOptions
{
    public required string Cluster { get; init; }
    public required string Node { get; init; }

    /// <summary>This node's own folder; it keeps the logs of containers that are gone. Without one, no logs are kept.</summary>
    public required string? DataDirectory { get; init; }

    /// <summary>Millicores of the measured capacity that tasks may not claim.</summary>
    public int ReserveCpu { get; init; }

    /// <summary>MiB of the measured capacity that tasks may not claim.</summary>
    public int ReserveMemory { get; init; }

    /// <summary>What tasks may claim, where that is not to be measured; the reserve does not count then.</summary>
    public Resources? Capacity { get; init; }
    public ImmutableSortedDictionary<string, string> Attributes { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The IP address at which others reach what its tasks publish; empty where that is not known.</summary>
    public string Address { get; init; } = "";

    /// <summary>The host's GPUs, as its container runtime names them.</summary>
    public ImmutableArray<GpuDevice> Gpus { get; init; } = [];

    /// <summary>What else tasks may claim, by names of its own.</summary>
    public ImmutableSortedDictionary<string, int> Amounts { get; init; } = ImmutableSortedDictionary<string, int>.Empty;

    /// <summary>Containers that are created and started at once. More than a few gain nothing: the container runtime is CPU-bound.</summary>
    public int LaunchesAtOnce { get; init; } = 4;

    /// <summary>Health checks over the network that are under way at once. One takes its timeout at the longest, 5 s by default.</summary>
    public int ProbesAtOnce { get; init; } = 32;

    /// <summary>How often everything is compared and reported again, whatever events have come.</summary>
    public TimeSpan ReconcilePeriod { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often services are told what their tasks use.</summary>
    public TimeSpan UsagePeriod { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The longest that one long poll for claims lasts.</summary>
    public TimeSpan WatchWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Observations at most in one report.</summary>
    public int ReportBatch { get; init; } = 500;

    /// <summary>How long containers that lost their lease or their claim may take to end before they are killed.</summary>
    public TimeSpan FenceTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Bytes kept of one container's log; what comes after is cut off.</summary>
    public long LogBytes { get; init; } = 16 << 20;

    /// <summary>The newest tasks whose logs are kept.</summary>
    public int LogTasks { get; init; } = 1000;

    /// <summary>How long logs are kept.</summary>
    public TimeSpan LogAge { get; init; } = TimeSpan.FromDays(7);
}
