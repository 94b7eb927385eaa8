using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;

namespace OrleansCluster.Tests.Properties.Placement;

/// <summary>
/// Clusters of 0 to 40 nodes. Amounts are small numbers, so that exact fits, equal scores and full nodes are frequent; in some cases they
/// are multiplied until the largest come near the end of 32 bits.
/// </summary>
internal static class Generate
{
    private const int LargestAmount = 8;

    public static Gen<PlacementCase> Cases { get; } =
        from scale in Gen.Elements(1, 1, 1, 1000, int.MaxValue / LargestAmount)
        from nodeCount in Gen.Choose(0, 40)
        from nodes in Gen.ArrayOf(Node(scale), nodeCount)
        from requestCount in Gen.Choose(0, 30)
        from requests in Gen.ArrayOf(Request(scale), requestCount)
        from seed in Gen.Choose(0, int.MaxValue)
        select new PlacementCase(
            [.. nodes.Select((node, i) => node with { Name = $"n{i}" })],
            [.. requests.Select((request, i) => request with { TaskId = $"t{i}" })],
            (ulong)seed);

    private static Gen<ImmutableArray<HostPort>> Ports { get; } =
        from ports in Gen.SubListOf(new HostPort(80, PortProtocol.Tcp), new HostPort(81, PortProtocol.Tcp), new HostPort(80, PortProtocol.Udp))
        from isAny in Gen.Elements(false, false, true)
        select isAny ? ports.ToImmutableArray() : [];

    /// <summary>The same, in which most nodes offer GPUs and named amounts, and most requests want some.</summary>
    public static Gen<PlacementCase> CasesWithExtras { get; } = Cases.SelectMany(WithExtras);

    public static Gen<PlacementCase> WithExtras(PlacementCase plain) =>
        from nodes in Gen.ArrayOf(GenerateExtras.Node, plain.Nodes.Length)
        from demands in Gen.ArrayOf(GenerateExtras.Demand, plain.Requests.Length)
        select plain with
        {
            Nodes = [.. plain.Nodes.Zip(nodes, (node, extras) => node with { ExtraCapacity = extras.Capacity, ExtraClaimed = extras.Claimed })],
            Requests = [.. plain.Requests.Zip(demands, (request, demand) => request with { Extras = demand })],
        };

    public static Gen<NodeSnapshot> Node(int scale) =>
        from capacity in Amounts(scale, LargestAmount)
        from claimed in Amounts(scale, LargestAmount)
        from status in Gen.Elements(NodeStatus.Active, NodeStatus.Active, NodeStatus.Active, NodeStatus.Draining, NodeStatus.Lost)
        from ports in Ports
        from etag in Gen.Choose(1, 100)
        select new NodeSnapshot
        {
            Name = "",
            ETag = etag,
            Status = status,
            Capacity = capacity,
            Claimed = new Resources(Math.Min(claimed.Cpu, capacity.Cpu), Math.Min(claimed.Memory, capacity.Memory), Math.Min(claimed.Disk, capacity.Disk)),
            ClaimedPorts = ports,
        };

    private static Gen<PlacementRequest> Request(int scale) =>
        from wanted in Amounts(scale, LargestAmount)
        from ports in Ports
        select new PlacementRequest
        {
            TaskId = "",
            Attempt = 1,
            Resources = wanted,
            Ports = ports,
            Definition = "web:1",
            Team = "default",
            Priority = 50,
            QueuedAt = DateTimeOffset.UnixEpoch,
        };

    private static Gen<Resources> Amounts(int scale, int largest) =>
        from cpu in Gen.Choose(0, largest)
        from memory in Gen.Choose(0, largest)
        from disk in Gen.Choose(0, largest)
        select new Resources(cpu * scale, memory * scale, disk * scale);
}
