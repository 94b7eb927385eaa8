namespace OrleansCluster;

/// <summary>What a team's claims have used within one hour, from each claim's commit to its release.</summary>
[GenerateSerializer, Immutable, Alias("ocs.TeamUsage")]
public sealed record TeamUsage
{
    [Id(0)] public required string Team { get; init; }

    /// <summary>When the hour began, in UTC.</summary>
    [Id(1)] public required DateTimeOffset Hour { get; init; }

    /// <summary>One core for one second.</summary>
    [Id(2)] public required decimal CoreSeconds { get; init; }

    /// <summary>One MiB of memory for one second.</summary>
    [Id(3)] public required decimal MemoryMibSeconds { get; init; }

    /// <summary>One MiB of disk for one second.</summary>
    [Id(4)] public required decimal DiskMibSeconds { get; init; }

    /// <summary>One thousandth of a GPU for one second.</summary>
    [Id(5)] public required decimal GpuThousandthSeconds { get; init; }

    /// <summary>One claim for one second.</summary>
    [Id(6)] public required decimal ClaimSeconds { get; init; }
}
