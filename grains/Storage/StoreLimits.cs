namespace OrleansCluster.Grains.Storage;

/// <summary>Bounds of a database store.</summary>
public sealed record StoreLimits
{
    /// <summary>Units that may wait for the writer; further callers wait until there is room.</summary>
    public int QueuedUnits { get; init; } = 8192;

    /// <summary>Rows after which a transaction takes no further unit: what it adds to the time that the next unit waits.</summary>
    public int BatchRows { get; init; } = 4096;

    /// <summary>Connections for reading; further readers wait.</summary>
    public int Readers { get; init; } = 4;

    /// <summary>The newest so many events are kept; up to some thousands more while the oldest wait to be deleted.</summary>
    public long KeptEvents { get; init; } = 1_000_000;

    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(QueuedUnits, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchRows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Readers, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(KeptEvents, 1);
    }
}
