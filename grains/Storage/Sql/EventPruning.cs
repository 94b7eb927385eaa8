namespace OrleansCluster.Grains.Storage.Sql;

/// <summary>Says which of the oldest events to delete, so that about <paramref name="kept"/> are left.</summary>
internal sealed class EventPruning(long kept, long oldest)
{
    /// <summary>What the table may hold beyond the limit before anything is deleted, so that deleting is rare and in runs of neighbours.</summary>
    public const int Slack = 1000;

    private long _oldest = oldest;

    /// <summary>Events before the answer are to be deleted; <see langword="null"/> when there is nothing to do.</summary>
    public long? Before(long newest, int appended)
    {
        var firstKept = newest - kept + 1;

        // After the limit was lowered there can be a million too many: no one transaction pays for all of them.
        return firstKept - _oldest < Slack ? null : Math.Min(firstKept, _oldest + Math.Max(2 * appended, 2 * Slack));
    }

    /// <summary>To be told when the deletion is committed.</summary>
    public void Deleted(long before) => _oldest = before;
}
