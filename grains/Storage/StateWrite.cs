namespace OrleansCluster.Grains.Storage;

/// <summary>Writes one grain's state if its stored ETag is <see cref="ExpectedETag"/>; the store makes the new ETag, one higher.</summary>
public sealed record StateWrite
{
    public required string Kind { get; init; }
    public required string Key { get; init; }

    /// <summary>0 for a state that must not exist yet.</summary>
    public required long ExpectedETag { get; init; }

    /// <summary><see langword="null"/> deletes the row.</summary>
    public required string? Json { get; init; }
    public StateIndex Index { get; init; } = StateIndex.None;
}
