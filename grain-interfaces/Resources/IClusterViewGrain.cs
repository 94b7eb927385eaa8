using Orleans.Concurrency;

namespace OrleansCluster;

/// <summary>
/// One silo's copy of the cluster state, which its readers share: they get deltas from it without a call to another silo, and it gets them from
/// <see cref="IClusterStateGrain"/> once for all. Key: <see cref="GrainKeys.Cluster"/>.
/// </summary>
[Alias("ocs.IClusterViewGrain")]
public interface IClusterViewGrain : IGrainWithStringKey
{
    /// <summary>
    /// What changed since a version; at most some seconds old, and where <paramref name="isFresh"/>, everything that was durable when the call
    /// arrived. Waits up to <paramref name="wait"/> while there is nothing new, then answers with no nodes.
    /// </summary>
    [Alias("Read"), AlwaysInterleave, ResponseTimeout("00:01:30")]
    Task<ClusterDelta> Read(ClusterVersion since, bool isFresh, TimeSpan wait, CancellationToken cancellationToken);
}
