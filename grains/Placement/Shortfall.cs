namespace OrleansCluster.Placement;

/// <summary>The first thing in the way of a task on a node.</summary>
/// <param name="Missing">In the dimension's own unit (millicores, MiB); 0 for a status or a port, where an amount has no meaning.</param>
/// <param name="Status">The node's status, where that is the obstacle.</param>
/// <param name="Port">The port that is taken, where that is the obstacle.</param>
public readonly record struct Shortfall(Obstacle Obstacle, long Missing, NodeStatus Status, HostPort Port)
{
    /// <summary>As receipts name it: <c>cpu</c>, <c>memory</c>, <c>disk</c>, <c>status</c>, <c>port 8080/TCP</c>.</summary>
    public string Dimension => Obstacle switch
    {
        Obstacle.Status => "status",
        Obstacle.Cpu => "cpu",
        Obstacle.Memory => "memory",
        Obstacle.Disk => "disk",
        _ => $"port {Port.Port}/{ProtocolName}",
    };

    /// <summary>As explanations name it: <c>insufficient memory</c>, <c>draining</c>, <c>port 8080/TCP taken</c>.</summary>
    public string Reason => Obstacle switch
    {
        Obstacle.Status => Status == NodeStatus.Draining ? "draining" : "lost",
        Obstacle.Port => $"{Dimension} taken",
        _ => $"insufficient {Dimension}",
    };

    private string ProtocolName => Port.Protocol == PortProtocol.Udp ? "UDP" : "TCP";

    internal static Shortfall OfStatus(NodeStatus status) => new(Obstacle.Status, 0, status, default);
    internal static Shortfall OfAmount(Obstacle obstacle, long missing) => new(obstacle, missing, default, default);
    internal static Shortfall OfPort(HostPort port) => new(Obstacle.Port, 0, default, port);
}
