namespace OrleansCluster.Grains.ResourceManagement;

/// <summary>How long a node may be silent.</summary>
public sealed record NodeLeaseOptions
{
    /// <summary>An agent that could not renew for this long stops its tasks by itself.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// A node that has not renewed for this long is declared lost. Longer than <see cref="Duration"/> by the time that stopping takes, so that an
    /// attempt has ended on its node before the next one starts elsewhere.
    /// </summary>
    public TimeSpan LostAfter { get; init; } = TimeSpan.FromSeconds(15);
}
