namespace OrleansCluster.Grains.ResourceManagement;

/// <summary>A copy of the cluster state that deltas bring up to date, and that answers with deltas itself.</summary>
internal sealed class ClusterView
{
    private readonly SortedDictionary<string, (NodeSnapshot Node, long ChangedAt)> _nodes = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, (TeamSnapshot Team, long ChangedAt)> _teams = new(StringComparer.Ordinal);

    public ClusterVersion Version { get; private set; }

    /// <summary>Answers of overlapping questions may come in any order; whether this one was news.</summary>
    public bool Apply(ClusterDelta delta)
    {
        if (delta.IsSnapshot && delta.Version.Incarnation != Version.Incarnation)
        {
            _nodes.Clear();
            _teams.Clear();
        }
        else if (delta.Version.Incarnation != Version.Incarnation || delta.Version.Number <= Version.Number)
            return false;
        foreach (var node in delta.Nodes)
            _nodes[node.Name] = (node, delta.Version.Number);
        foreach (var team in delta.Teams)
            _teams[team.Name] = (team, delta.Version.Number);
        Version = delta.Version;
        return true;
    }

    /// <summary>A node may come once more to a reader whose version another view gave it, but none is left out.</summary>
    public ClusterDelta ReadSince(ClusterVersion since)
    {
        var isSnapshot = since.Incarnation != Version.Incarnation;
        var from = isSnapshot ? 0 : since.Number;
        return new ClusterDelta
        {
            Version = Version,
            IsSnapshot = isSnapshot,
            Nodes = [.. _nodes.Values.Where(n => n.ChangedAt > from).Select(n => n.Node)],
            Teams = [.. _teams.Values.Where(t => t.ChangedAt > from).Select(t => t.Team)],
        };
    }
}
