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

    public void Clear()
    {
        _nodes.Clear();
        _version = ClusterVersion.None;
    }
}
