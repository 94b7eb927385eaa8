namespace OrleansCluster.Grains.Runtime;

/// <summary>A grain of one cluster, whose key <see cref="GrainKeys"/> has spelled. The key is taken apart once.</summary>
internal abstract class ClusterGrain : Grain
{
    private (string Cluster, string Name)? _key;

    protected string Cluster => Key.Cluster;

    /// <summary>What follows the cluster: the job's, the task's or the node's name. Empty for a grain that is there once a cluster.</summary>
    protected string Name => Key.Name;

    private (string Cluster, string Name) Key => _key ??= GrainKeys.Split(this.GetPrimaryKeyString());
}
