using OrleansCluster.Testing;
using OrleansCluster.Testing.Silos;

namespace OrleansCluster.Simulator;

/// <summary>What each silo shows of the nodes, held against the database: where nothing changes any more, an old state must not be shown for ever.</summary>
internal static class ShownNodes
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(5);

    public static IEnumerable<string> Differences(SimulatedCluster cluster) =>
        cluster.Hosts.Select(host => host.Silo).OfType<SimulatedSilo>().SelectMany(silo => Differences(cluster, silo));

    private static IEnumerable<string> Differences(SimulatedCluster cluster, SimulatedSilo silo)
    {
        var state = silo.Engine.GetGrain<IClusterStateGrain>(GrainKeys.Cluster(cluster.Options.Cluster));
        var answer = silo.Request(_ => Task.WhenAll(cluster.Hosts.Select(host => state.ReadNode(host.Name))));
        if (!cluster.World.Run(() => answer.IsCompleted, cluster.Time + _patience) || !answer.IsCompletedSuccessfully)
            return [$"silo {silo.Id} shows no nodes"];
        return
            from node in answer.GetAwaiter().GetResult().OfType<NodeClaims>()
            let stored = cluster.Invariants!.ETagOf(node.Node)
            where node.ETag != stored
            select $"node {node.Node} as {silo.Id} shows it, with ETag {node.ETag} and {node.Claims.Length} claims; the database has {stored}";
    }
}
