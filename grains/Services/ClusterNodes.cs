using System.Collections.Immutable;
using OrleansCluster.Placement.Constraints;

namespace OrleansCluster.Grains.Services;

/// <summary>The cluster's nodes as they were last read; only what has changed is read anew.</summary>
internal sealed class ClusterNodes
{
    private readonly SortedDictionary<string, NodeSnapshot> _nodes = new(StringComparer.Ordinal);
    private ClusterVersion _version = ClusterVersion.None;

    /// <summary>In the order of their names.</summary>
    public async Task<IReadOnlyCollection<NodeSnapshot>> Read(IClusterViewGrain view, CancellationToken cancellationToken)
    {
        var delta = await view.Read(_version, isFresh: false, TimeSpan.Zero, cancellationToken);
        if (delta.IsSnapshot)
            _nodes.Clear();
        foreach (var node in delta.Nodes)
            _nodes[node.Name] = node;
        _version = delta.Version;
        return _nodes.Values;
    }

    /// <summary>What constraints are asked of.</summary>
    public static NodeFacts FactsOf(NodeSnapshot node, ImmutableArray<string> taskGroups, int runningTasks) => new()
    {
        Name = node.Name,
        Status = node.Status,
        Attributes = node.Attributes,
        TaskGroups = taskGroups,
        RunningTasksCount = runningTasks,
        RegisteredAt = node.RegisteredAt,
        AgentVersion = node.AgentVersion,
    };

    public void Clear()
    {
        _nodes.Clear();
        _version = ClusterVersion.None;
    }
}
