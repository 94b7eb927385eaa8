namespace OrleansCluster.Grains.ResourceManagement;

/// <summary>Sums over the nodes of one status. Wider than <see cref="OrleansCluster.Resources"/>: thousands of nodes have more MiB than an int holds.</summary>
internal readonly record struct StatusTotals(
    long Nodes, long Claims, long CpuCapacity, long CpuClaimed, long MemoryCapacity, long MemoryClaimed, long DiskCapacity, long DiskClaimed)
{
    public static StatusTotals Of(NodeSnapshot node) => new(
        1,
        node.ClaimCount,
        node.Capacity.Cpu,
        node.Claimed.Cpu,
        node.Capacity.Memory,
        node.Claimed.Memory,
        node.Capacity.Disk,
        node.Claimed.Disk);

    public static StatusTotals operator +(StatusTotals a, StatusTotals b) => Combine(a, b, 1);

    public static StatusTotals operator -(StatusTotals a, StatusTotals b) => Combine(a, b, -1);

    private static StatusTotals Combine(StatusTotals a, StatusTotals b, long sign) => new(
        a.Nodes + (sign * b.Nodes),
        a.Claims + (sign * b.Claims),
        a.CpuCapacity + (sign * b.CpuCapacity),
        a.CpuClaimed + (sign * b.CpuClaimed),
        a.MemoryCapacity + (sign * b.MemoryCapacity),
        a.MemoryClaimed + (sign * b.MemoryClaimed),
        a.DiskCapacity + (sign * b.DiskCapacity),
        a.DiskClaimed + (sign * b.DiskClaimed));
}
