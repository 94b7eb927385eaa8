namespace OrleansCluster.Grains.Storage;

/// <summary>What states can be listed by.</summary>
/// <param name="Parent">The owning job's id, or empty.</param>
/// <param name="Status">The state's status in API words (<c>RUNNING</c>), or empty.</param>
/// <param name="IsLive">Whether recovery has to wake it: it has not come to its end.</param>
public sealed record StateIndex(string Cluster, string Parent, string Status, bool IsLive)
{
    public static StateIndex None { get; } = new("", "", "", false);
}
