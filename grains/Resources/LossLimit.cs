namespace OrleansCluster.Grains.ResourceManagement;

/// <summary>
/// How many nodes may be declared lost in a while. Where many fall silent together it is more likely that something between them and the manager is gone, which
/// comes back, than that they are: their tasks still run, or are stopped and begin again there, and moving all of them would cost more. Not stored: a new committer
/// begins with a full measure.
/// </summary>
internal sealed class LossLimit
{
    /// <summary>So many at once, however small the cluster is.</summary>
    public const int Least = 5;

    /// <summary>Of all nodes, so many at once; and as many again within each <see cref="Period"/>.</summary>
    public const double Share = 0.05;

    public static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private double _used;
    private DateTimeOffset _at;

    /// <summary>Whether one more may be lost now; if so it is counted.</summary>
    /// <param name="nodes">Of the cluster, lost ones among them.</param>
    public bool TryTake(int nodes, DateTimeOffset now)
    {
        var most = Math.Max(Least, (int)(Share * nodes));
        if (now > _at)
            _used = Math.Max(0, _used - (most * ((now - _at) / Period)));
        _at = now > _at ? now : _at;
        if (_used + 1 > most)
            return false;
        _used++;
        return true;
    }
}
