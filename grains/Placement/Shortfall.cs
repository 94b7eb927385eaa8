namespace OrleansCluster.Placement;

/// <summary>The first thing in the way of a task on a node.</summary>
/// <param name="Missing">In the dimension's own unit (millicores, MiB; whole GPUs, or thousandths of one where a share is wanted); 0 for anything else, where an amount has no meaning.</param>
/// <param name="Status">The node's status, where that is the obstacle.</param>
/// <param name="Port">The port that is taken, where that is the obstacle.</param>
/// <param name="Text">The expression that does not match, the group that has a task there, the task that the node is kept for, the models or the amount, where that is the obstacle.</param>
public readonly record struct Shortfall(Obstacle Obstacle, long Missing, NodeStatus Status, HostPort Port, string? Text)
{
    /// <summary>As receipts name it: <c>cpu</c>, <c>memory</c>, <c>disk</c>, <c>gpu</c>, <c>gpu model A100</c>, <c>amount licence</c>, <c>status</c>, <c>port 8080/TCP</c>, <c>constraint attribute:zone == a</c>, <c>group family:web</c>.</summary>
    public string Dimension => Obstacle switch
    {
        Obstacle.Status => "status",
        Obstacle.Constraint => $"constraint {Text}",
        Obstacle.Group => $"group {Text}",
        Obstacle.Cpu => "cpu",
        Obstacle.Memory => "memory",
        Obstacle.Disk => "disk",
        Obstacle.Gpu => "gpu",
        Obstacle.GpuModel => $"gpu model {Text}",
        Obstacle.Amount => $"amount {Text}",
        Obstacle.Kept => "kept",
        _ => $"port {Port.Port}/{ProtocolName}",
    };

    /// <summary>As explanations name it: <c>insufficient memory</c>, <c>draining</c>, <c>port 8080/TCP taken</c>, <c>not matching `attribute:zone == a`</c>.</summary>
    public string Reason => Obstacle switch
    {
        Obstacle.Status => Status == NodeStatus.Draining ? "draining" : "lost",
        Obstacle.Constraint => $"not matching `{Text}`",
        Obstacle.Group => $"running a task of group {Text} already",
        Obstacle.Port => $"{Dimension} taken",
        Obstacle.Kept => $"kept for {Text}, which goes first",
        _ => $"insufficient {Dimension}",
    };

    private string ProtocolName => Port.Protocol == PortProtocol.Udp ? "UDP" : "TCP";

    internal static Shortfall OfStatus(NodeStatus status) => new(Obstacle.Status, 0, status, default, null);
    internal static Shortfall OfConstraint(string expression) => new(Obstacle.Constraint, 0, default, default, expression);
    internal static Shortfall OfGroup(string group) => new(Obstacle.Group, 0, default, default, group);
    internal static Shortfall OfAmount(Obstacle obstacle, long missing) => new(obstacle, missing, default, default, null);
    internal static Shortfall OfGpu(long missing) => new(Obstacle.Gpu, missing, default, default, null);

    internal static Shortfall OfGpuModel(string models, long missing) => new(Obstacle.GpuModel, missing, default, default, models);

    internal static Shortfall OfNamed(string amount, long missing) => new(Obstacle.Amount, missing, default, default, amount);

    internal static Shortfall OfKept(string task) => new(Obstacle.Kept, 0, default, default, task);
    internal static Shortfall OfPort(HostPort port) => new(Obstacle.Port, 0, default, port, null);
}
