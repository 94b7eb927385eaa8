using System.Collections.Immutable;

namespace OrleansCluster.Grains.ResourceManagement;

/// <summary>What is durable of a cluster at one version, summed by the nodes' status. Immutable: gauges read it beside the grain's turns.</summary>
internal sealed class ClusterTotals(ImmutableArray<StatusTotals> byStatus)
{
    private static readonly int _statuses = Enum.GetValues<NodeStatus>().Length;

    public static ClusterTotals None { get; } = new([.. new StatusTotals[_statuses]]);

    /// <summary>One for each <see cref="NodeStatus"/>, in its order.</summary>
    public ImmutableArray<StatusTotals> ByStatus { get; } = byStatus;

    /// <summary>Takes a node's old snapshot out, where there is one, and its new one in: walking over all nodes would cost more than the commit.</summary>
    public ClusterTotals Replace(NodeSnapshot? before, NodeSnapshot after)
    {
        var next = ByStatus.ToBuilder();
        if (before is not null)
            next[(int)before.Status] -= StatusTotals.Of(before);
        next[(int)after.Status] += StatusTotals.Of(after);
        return new ClusterTotals(next.MoveToImmutable());
    }
}
