namespace OrleansCluster;

/// <summary>How a node is taken out of service.</summary>
[GenerateSerializer, Immutable, Alias("ocs.NodeDrain")]
public sealed record NodeDrain
{
    /// <summary>Seconds for which its tasks may still end by themselves, 0 to 604,800; those that are left then are stopped, and their next attempts run elsewhere.</summary>
    [Id(0)] public int Deadline { get; init; }

    /// <summary>Of each job, one task is moved at a time: the next when the one before runs elsewhere, or has ended.</summary>
    [Id(1)] public bool OneAtATime { get; init; }

    /// <summary>When it was asked for; filled in by the cluster.</summary>
    [Id(2)] public DateTimeOffset Since { get; init; }

    /// <summary>When nothing was left on the node; <see langword="null"/> until then. Filled in by the cluster.</summary>
    [Id(3)] public DateTimeOffset? DrainedAt { get; init; }
}
