namespace OrleansCluster.Grains.ResourceManagement;

/// <summary>
/// Makes the ETags of node rows: a count in the upper half, so that later is greater, and a stamp of the activation in the lower. A plain count would
/// not do: writes are sent before the ones ahead of them are answered, so each expects an ETag that nobody has stored yet, and the second write of one
/// activation would find the number it expects after the first write of another.
/// </summary>
internal readonly struct NodeETag(string incarnation)
{
    private readonly uint _stamp = StampOf(incarnation);

    public long After(long etag) => (((etag >> 32) + 1) << 32) | _stamp;

    /// <summary>FNV-1a: incarnations are random, any spread will do.</summary>
    private static uint StampOf(string incarnation)
    {
        var hash = 2166136261u;
        foreach (var letter in incarnation)
            hash = (hash ^ letter) * 16777619u;
        return hash;
    }
}
