using System.Collections.Immutable;
using OrleansCluster.Grains.ResourceManagement;
using OrleansCluster.Grains.Storage;

namespace OrleansCluster.Tests.Unit.ResourceManagement;

internal static class ClusterStateSamples
{
    public static ClusterState StateOf(params (string Node, int Cpu, int Memory)[] nodes) => ClusterState.Load(
        "test",
        "first",
        new ClusterRows([.. nodes.Select(n => RowOf(n.Node, n.Cpu, n.Memory))], []));

    public static NodeRow RowOf(string node, int cpu, int memory, NodeStatus status = NodeStatus.Active) => new()
    {
        Node = node,
        ETag = 1,
        Status = status,
        Capacity = new Resources(cpu, memory, 1000),
        Claimed = default,
        Attributes = ImmutableSortedDictionary<string, string>.Empty,
        Runtime = "simulated",
    };

    public static ClaimRequest Request(string task, string node, int cpu, int memory = 1, int attempt = 1, params HostPort[] ports) => new()
    {
        TaskId = task,
        Attempt = attempt,
        Node = node,
        Resources = new Resources(cpu, memory, 0),
        Ports = [.. ports],
        Definition = "app:1",
        Team = "default",
    };

    public static ClaimTransaction Transaction(params ClaimRequest[] claims) => new()
    {
        Scheduler = "batch",
        TransactionId = "t1",
        DecidedOn = default,
        Claims = [.. claims],
    };

    public static StateChange Apply(ClusterState state, ClaimTransaction transaction)
    {
        var change = state.Add(ClaimValidator.Validate(state, transaction).Accepted);
        state.Publish(change);
        return change;
    }
}
