using System.Collections.Immutable;
using OrleansCluster.Placement.Constraints;

namespace OrleansCluster.Grains.Services;

/// <summary>The nodes that a daemon service goes to: those in service that its constraints allow.</summary>
internal sealed class DaemonNodes
{
    private readonly ClusterNodes _nodes = new();

    public async Task<ImmutableArray<string>> Read(IClusterViewGrain view, ServiceSpec spec, CancellationToken cancellationToken)
    {
        var nodes = await _nodes.Read(view, cancellationToken);
        var expressions = ExpressionsOf(spec);
        return [.. nodes.Where(node => node.Status == NodeStatus.Active && expressions.All(expression => expression.Matches(ClusterNodes.FactsOf(node, taskGroups: [], runningTasks: 0)))).Select(node => node.Name)];
    }

    /// <summary>What asks for the tasks on a node is left to the placement of each task.</summary>
    private static ImmutableArray<ConstraintExpression> ExpressionsOf(ServiceSpec spec) =>
    [
        .. spec.PlacementConstraints.Where(constraint => constraint.Type == PlacementConstraintType.MemberOf)
            .Select(constraint => ConstraintExpression.Parse(constraint.Expression!).Expression)
            .OfType<ConstraintExpression>()
            .Where(expression => !expression.AsksForTasks),
    ];
}
