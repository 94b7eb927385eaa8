using OrleansCluster.Placement;

namespace OrleansCluster.Tests.Properties.Placement;

/// <summary>The plain way to keep account of a node: a second opinion on what the arrays say.</summary>
internal sealed class ModelNode(NodeSnapshot node)
{
    private const long WholeShare = 1 << 24;

    private Resources _claimed = node.Claimed;

    public NodeSnapshot Node { get; } = node;
    public HashSet<HostPort> Ports { get; } = [.. node.ClaimedPorts];
    public Resources Free => Node.Capacity - _claimed;

    public bool Fits(PlacementRequest request) =>
        Feasibility.Check(Node.Status, Node.Capacity, _claimed, Ports, request.Resources, request.Ports) is null;

    public long Score(Resources largest) =>
        Share(Free.Cpu, largest.Cpu) + Share(Free.Memory, largest.Memory) + Share(Free.Disk, largest.Disk);

    public void Take(PlacementRequest request)
    {
        _claimed += request.Resources;
        Assert.All(request.Ports, port => Assert.True(Ports.Add(port), $"{port} was claimed twice on {Node.Name}"));
    }

    private static long Share(long free, long largest) => largest == 0 ? 0 : free * WholeShare / largest;
}
