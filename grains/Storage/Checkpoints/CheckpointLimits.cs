namespace OrleansCluster.Grains.Storage.Checkpoints;

internal static class CheckpointLimits
{
    /// <summary>Bytes that nobody's record has named after so long are nobody's: an agent gives up long before.</summary>
    public static readonly TimeSpan Abandoned = TimeSpan.FromHours(1);

    /// <summary>Bytes of one checkpoint in the database, which passes each through memory and keeps it beside what the cluster cannot do without.</summary>
    public const long InDatabase = 16 << 20;
}
