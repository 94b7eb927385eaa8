using System.Collections.Immutable;

namespace OrleansCluster.Tests.Properties.Placement;

/// <summary>A cluster, and what is to be placed on it.</summary>
internal sealed record PlacementCase(ImmutableArray<NodeSnapshot> Nodes, ImmutableArray<PlacementRequest> Requests, ulong Seed)
{
    public ClusterDelta Snapshot => new() { Version = new ClusterVersion("i", 1), IsSnapshot = true, Nodes = Nodes };

    public override string ToString() =>
        $"seed {Seed}\n  {string.Join("\n  ", Nodes.Select(Describe))}\n  {string.Join("\n  ", Requests.Select(request => $"wants {request.Resources} ports [{Describe(request.Ports)}]"))}";

    private static string Describe(NodeSnapshot node) =>
        $"{node.Name} {node.Status} capacity {node.Capacity} claimed {node.Claimed} ports [{Describe(node.ClaimedPorts)}]";

    private static string Describe(ImmutableArray<HostPort> ports) => string.Join(", ", ports);
}
