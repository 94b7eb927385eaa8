namespace OrleansCluster.Grains.Storage;

/// <summary>Which states to list; what is <see langword="null"/> does not matter.</summary>
public sealed record StateQuery
{
    public const int LargestLimit = 10_000;

    public required string Kind { get; init; }
    public required string Cluster { get; init; }
    public string? Parent { get; init; }
    public string? Status { get; init; }
    public bool? IsLive { get; init; }

    /// <summary>Only keys after this one: for paging.</summary>
    public string? AfterKey { get; init; }

    /// <summary>1 to <see cref="LargestLimit"/>.</summary>
    public int Limit { get; init; } = 1000;
}
