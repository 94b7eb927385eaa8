namespace OrleansCluster.Silo.Agent.Docker.Wire;

/// <summary>What depends on the host: limits, network, mounts.</summary>
internal sealed record HostConfig
{
    /// <summary>Microseconds.</summary>
    public long CpuPeriod { get; init; }

    /// <summary>Microseconds of CPU in each period; 0 is no limit.</summary>
    public long CpuQuota { get; init; }

    /// <summary>Bytes; 0 is no limit.</summary>
    public long Memory { get; init; }

    /// <summary>Bytes of memory and swap together; 0 is twice the memory.</summary>
    public long MemorySwap { get; init; }

    /// <summary><c>bridge</c>, <c>host</c>, <c>none</c>, <c>container:ID</c> or the name of a network.</summary>
    public string? NetworkMode { get; init; }

    /// <summary>An init as process 1: it passes signals on and reaps what the workload leaves.</summary>
    public bool? Init { get; init; }
    public RestartPolicy? RestartPolicy { get; init; }
    public LogConfig? LogConfig { get; init; }
    public Mount[]? Mounts { get; init; }

    public DeviceRequest[]? DeviceRequests { get; init; }

    /// <summary>Keys such as <c>80/tcp</c>.</summary>
    public Dictionary<string, PortBinding[]>? PortBindings { get; init; }
}
