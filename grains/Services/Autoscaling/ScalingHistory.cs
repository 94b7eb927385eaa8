namespace OrleansCluster.Grains.Services.Autoscaling;

/// <summary>
/// How few tasks would have done, over the last minute: a service is scaled in to the most that was wanted meanwhile, so that a moment of rest takes nothing away. A moment without
/// data begins anew. Its grain's turns guard it.
/// </summary>
internal sealed class ScalingHistory
{
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    /// <summary>What comes within this time is one entry, so that there are never more than some sixty.</summary>
    private static readonly TimeSpan _moment = TimeSpan.FromSeconds(1);

    private readonly List<(DateTimeOffset At, int Wanted)> _entries = [];

    public void Clear() => _entries.Clear();

    /// <param name="wanted"><see langword="null"/> where that is not known.</param>
    public void Note(int? wanted, DateTimeOffset now)
    {
        // What was not looked at for so long is not known either.
        if (wanted is null || (_entries.Count > 0 && now - _entries[^1].At >= ServiceMetrics.Lifetime))
            _entries.Clear();
        if (wanted is not { } count)
            return;
        if (_entries.Count > 0 && now - _entries[^1].At < _moment)
            _entries[^1] = (_entries[^1].At, Math.Max(_entries[^1].Wanted, count));
        else
            _entries.Add((now, count));
        while (_entries.Count > 1 && _entries[1].At <= now - Longest)
            _entries.RemoveAt(0);
    }

    /// <summary>The most that was wanted at any moment of a time that ends now; <see langword="null"/> where it is not known for all of it.</summary>
    public int? Highest(TimeSpan time, DateTimeOffset now)
    {
        var from = now - time;
        if (_entries.Count == 0 || _entries[0].At > from)
            return null;
        var first = _entries.FindLastIndex(entry => entry.At <= from);
        return _entries.Skip(first).Max(entry => entry.Wanted);
    }
}
