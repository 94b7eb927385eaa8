using OrleansCluster.Placement;

namespace OrleansCluster.Tests.Properties.Placement;

/// <summary>The plain way to keep account of a node: a second opinion on what the arrays say.</summary>
internal sealed class ModelNode(NodeSnapshot node)
{
    private const long WholeShare = 1 << 24;

    private Resources _claimed = node.Claimed;

    public ModelExtras Extras { get; } = new(node.ExtraCapacity, node.ExtraClaimed);

    public NodeSnapshot Node { get; } = node;
    public HashSet<HostPort> Ports { get; } = [.. node.ClaimedPorts];
    public Resources Free => Node.Capacity - _claimed;

    public bool Fits(PlacementRequest request) =>
        Feasibility.Check(Node.Status, Node.Capacity, _claimed, Ports, request.Resources, request.Ports) is null && Extras.Fits(request.Extras);

    public long Score(Resources largest) =>
        Share(Free.Cpu, largest.Cpu) + Share(Free.Memory, largest.Memory) + Share(Free.Disk, largest.Disk);

    /// <summary>As a request looks at it: for one that wants GPU that is a dimension more, others stay away from free GPUs first.</summary>
    public long Score(Resources largest, int mostDevices, PlacementRequest request) => request.Extras?.Gpu is null
        ? Score(largest) + (Extras.FreeGpu > 0 ? 4 * WholeShare : 0)
        : Score(largest) + Share(Extras.FreeGpu, mostDevices * 1000);

    public void Take(PlacementRequest request)
    {
        _claimed += request.Resources;
        Extras.Take(request.Extras);
        Assert.All(request.Ports, port => Assert.True(Ports.Add(port), $"{port} was claimed twice on {Node.Name}"));
    }

    private static long Share(long free, long largest) => largest == 0 ? 0 : free * WholeShare / largest;
}
