using OrleansCluster.Placement;

namespace OrleansCluster.Tests.Unit.Placement;

/// <summary>Small clusters and requests, in few words.</summary>
internal static class Cluster
{
    public static NodeSnapshot Node(string name, Resources capacity, Resources claimed = default, NodeStatus status = NodeStatus.Active, params HostPort[] ports) => new()
    {
        Name = name,
        ETag = 1,
        Status = status,
        Capacity = capacity,
        Claimed = claimed,
        ClaimedPorts = [.. ports],
    };

    public static ClusterDelta Snapshot(params NodeSnapshot[] nodes) =>
        new() { Version = new ClusterVersion("first", 1), IsSnapshot = true, Nodes = [.. nodes] };

    public static ClusterDelta Delta(long version, params NodeSnapshot[] nodes) =>
        new() { Version = new ClusterVersion("first", version), IsSnapshot = false, Nodes = [.. nodes] };

    public static ClusterArrays Of(params NodeSnapshot[] nodes) => ClusterArrays.From(Snapshot(nodes));

    public static PlacementRequest Request(string taskId, Resources wanted, params HostPort[] ports) => new()
    {
        TaskId = taskId,
        Attempt = 1,
        Resources = wanted,
        Ports = [.. ports],
        Definition = "web:1",
        Team = "default",
        Priority = 50,
        QueuedAt = DateTimeOffset.UnixEpoch,
    };

    public static HostPort Tcp(int port) => new(port, PortProtocol.Tcp);
}
