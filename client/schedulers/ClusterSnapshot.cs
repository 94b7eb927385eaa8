using System.Collections.Immutable;

namespace OrleansCluster.Client;

/// <summary>The cluster state at one version. It does not change: a delta makes a newer one of it.</summary>
public sealed record ClusterSnapshot
{
    public static ClusterSnapshot Empty { get; } = new();

    public ClusterVersion Version { get; init; }

    /// <summary>By name. Only those that are <see cref="NodeStatus.Active"/> take claims.</summary>
    public ImmutableSortedDictionary<string, NodeSnapshot> Nodes { get; init; } = ImmutableSortedDictionary.Create<string, NodeSnapshot>(StringComparer.Ordinal);

    /// <summary>By name: those that are declared or have claims.</summary>
    public ImmutableSortedDictionary<string, TeamSnapshot> Teams { get; init; } = ImmutableSortedDictionary.Create<string, TeamSnapshot>(StringComparer.Ordinal);

    /// <param name="delta">What has changed since this version, or everything.</param>
    public ClusterSnapshot With(ClusterDelta delta)
    {
        var (nodes, teams) = delta.IsSnapshot ? (Nodes.Clear(), Teams.Clear()) : (Nodes, Teams);
        var gone = delta.Teams.Where(team => team is { Spec: null, Claims: 0 }).Select(team => team.Name).ToList();
        return new ClusterSnapshot
        {
            Version = delta.Version,
            Nodes = nodes.SetItems(delta.Nodes.Select(node => KeyValuePair.Create(node.Name, node))),
            Teams = teams.SetItems(delta.Teams.Select(team => KeyValuePair.Create(team.Name, team))).RemoveRange(gone),
        };
    }
}
