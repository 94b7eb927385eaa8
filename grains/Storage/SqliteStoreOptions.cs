namespace OrleansCluster.Grains.Storage;

public sealed record SqliteStoreOptions
{
    /// <summary>The database file; it and its directory are created where they do not exist.</summary>
    public required string Path { get; init; }

    /// <summary>How long to wait for somebody who has locked the file for a moment, such as a backup. At least a second.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(5);

    public StoreLimits Limits { get; init; } = new();

    public void Validate()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(Path);
        ArgumentOutOfRangeException.ThrowIfLessThan(BusyTimeout, TimeSpan.FromSeconds(1));
        Limits.Validate();
    }
}
