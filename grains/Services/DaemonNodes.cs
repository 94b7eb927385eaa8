using System.Collections.Immutable;
using OrleansCluster.Placement.Constraints;

namespace OrleansCluster.Grains.Services;

/// <summary>The nodes that a daemon service goes to: those in service that its constraints allow.</summary>
internal sealed class DaemonNodes
{
    private readonly SortedDictionary<string, NodeSnapshot> _nodes = new(StringComparer.Ordinal);
    private ClusterVersion _version = ClusterVersion.None;

    public async Task<ImmutableArray<string>> Read(IClusterViewGrain view, ServiceSpec spec, CancellationToken cancellationToken)
    {
        var delta = await view.Read(_version, isFresh: false, TimeSpan.Zero, cancellationToken);
        if (delta.IsSnapshot)
            _nodes.Clear();
        foreach (var node in delta.Nodes)
            _nodes[node.Name] = node;
        _version = delta.Version;
        var expressions = ExpressionsOf(spec);
        return [.. _nodes.Values.Where(node => node.Status == NodeStatus.Active && expressions.All(expression => expression.Matches(FactsOf(node)))).Select(node => node.Name)];
    }

    /// <summary>What asks for the tasks on a node is left to the placement of each task.</summary>
    private static ImmutableArray<ConstraintExpression> ExpressionsOf(ServiceSpec spec) =>
    [
        .. spec.PlacementConstraints.Where(constraint => constraint.Type == PlacementConstraintType.MemberOf)
            .Select(constraint => ConstraintExpression.Parse(constraint.Expression!).Expression)
            .OfType<ConstraintExpression>()
            .Where(expression => !expression.AsksForTasks),
    ];

    private static NodeFacts FactsOf(NodeSnapshot node) => new()
    {
        Name = node.Name,
        Status = node.Status,
        Attributes = node.Attributes,
        TaskGroups = [],
        RunningTasksCount = 0,
        RegisteredAt = node.RegisteredAt,
        AgentVersion = node.AgentVersion,
    };
}
