using OrleansCluster.Testing;
using OrleansCluster.Testing.Silos;

namespace OrleansCluster.Simulator;

/// <summary>
/// A second committer, at a moment at which nobody changes anything: only by what it is asked for can the first one find out that it is followed. While there is
/// work, the first claim or release through it tells it.
/// </summary>
internal static class Committers
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(1);

    /// <returns>Whether there are two now, and the newer one has changed what the older one remembers.</returns>
    public static bool Double(SimulatedCluster cluster)
    {
        var key = GrainKeys.Cluster(cluster.Options.Cluster);
        var silos = cluster.Hosts.Select(host => host.Silo).OfType<SimulatedSilo>().ToList();
        var others = silos.FindAll(silo => !silo.Holds<IClusterStateGrain>(key));
        if (others.Count is 0 || others.Count == silos.Count || !cluster.Directory.Double(key, stays: true))
            return false;
        var node = cluster.World.Random.Pick(cluster.Hosts.ToList()).Name;
        var end = cluster.Time + _patience;
        while (!Change(cluster, cluster.World.Random.Pick(others), key, node))
        {
            if (cluster.Time >= end)
                cluster.World.Violate($"the status of node {node} was not changed within {_patience}");
            cluster.Advance(_pause);
        }

        return true;
    }

    /// <summary>Asked again where it was refused: yet another committer may have come before.</summary>
    private static bool Change(SimulatedCluster cluster, SimulatedSilo through, string key, string node)
    {
        var changed = through.Request(silo => Change(silo.Engine.GetGrain<IClusterStateGrain>(key), node));
        return cluster.World.Run(() => changed.IsCompleted, cluster.Time + _patience) && changed.IsCompletedSuccessfully;
    }

    private static async Task<bool> Change(IClusterStateGrain committer, string node)
    {
        await committer.SetNodeStatus(node, NodeStatus.Draining);
        await committer.SetNodeStatus(node, NodeStatus.Active);
        return true;
    }
}
