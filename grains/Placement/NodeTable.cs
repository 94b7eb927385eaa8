using System.Collections.Immutable;
using OrleansCluster.Placement.Constraints;

namespace OrleansCluster.Placement;

/// <summary>The part of <see cref="ClusterArrays"/> that taking from a node does not change.</summary>
internal sealed class NodeTable
{
    private readonly Dictionary<string, int> _indexes;

    public NodeTable()
        : this(new Dictionary<string, int>(StringComparer.Ordinal))
    {
    }

    private NodeTable(Dictionary<string, int> indexes) => _indexes = indexes;

    public List<string> Names { get; private init; } = [];
    public List<long> ETags { get; private init; } = [];
    public List<NodeStatus> Statuses { get; private init; } = [];
    public List<Resources> Capacities { get; private init; } = [];

    /// <summary>As they came; for what is asked seldom.</summary>
    public List<NodeSnapshot> Snapshots { get; private init; } = [];

    public NodeColumns Columns { get; private init; } = new();

    public ConstraintCache Constraints { get; private init; } = new();

    /// <summary>The largest capacity in each dimension, of any node: the scale of scores.</summary>
    public Resources Largest { get; private set; }

    public int Count => Names.Count;

    public int IndexOf(string name) => _indexes.GetValueOrDefault(name, -1);

    public NodeTable Copy() => new(new Dictionary<string, int>(_indexes, StringComparer.Ordinal))
    {
        Names = [.. Names],
        ETags = [.. ETags],
        Statuses = [.. Statuses],
        Capacities = [.. Capacities],
        Snapshots = [.. Snapshots],
        Columns = Columns.Copy(),
        Constraints = Constraints,
        Largest = Largest,
    };

    /// <summary>Adds a node or overwrites what is known of it. Returns whether <see cref="Largest"/> has changed.</summary>
    public bool Set(NodeSnapshot snapshot, out int node)
    {
        if (_indexes.TryGetValue(snapshot.Name, out node))
        {
            var before = Capacities[node];
            Columns.Changed(node, isRegistration: !IsRegisteredAs(Snapshots[node], snapshot));
            (ETags[node], Statuses[node], Capacities[node], Snapshots[node]) = (snapshot.ETag, snapshot.Status, snapshot.Capacity, snapshot);
            return before != snapshot.Capacity && Measure();
        }

        node = Count;
        _indexes.Add(snapshot.Name, node);
        Names.Add(snapshot.Name);
        ETags.Add(snapshot.ETag);
        Statuses.Add(snapshot.Status);
        Capacities.Add(snapshot.Capacity);
        Snapshots.Add(snapshot);
        Columns.Changed(node, isRegistration: true);
        return Raise(snapshot.Capacity);
    }

    public int TasksOf(int node, string group)
    {
        foreach (var each in Snapshots[node].TaskGroups)
        {
            if (each.Group == group)
                return each.Tasks;
        }

        return 0;
    }

    /// <param name="withTasks">Whether anybody asks for them.</param>
    /// <param name="taken">Tasks that are on the node beside those of its snapshot.</param>
    public NodeFacts FactsOf(int node, bool withTasks, ImmutableArray<string> taken)
    {
        var snapshot = Snapshots[node];
        return new NodeFacts
        {
            Name = snapshot.Name,
            Status = snapshot.Status,
            Attributes = snapshot.Attributes,
            TaskGroups = withTasks ? [.. snapshot.TaskGroups.Select(each => each.Group).Union(taken.Where(group => group.Length > 0), StringComparer.Ordinal)] : [],
            RunningTasksCount = snapshot.ClaimCount + taken.Length,
            RegisteredAt = snapshot.RegisteredAt,
            AgentVersion = snapshot.AgentVersion,
        };
    }

    private static bool IsRegisteredAs(NodeSnapshot before, NodeSnapshot after) =>
        before.RegisteredAt == after.RegisteredAt && before.AgentVersion == after.AgentVersion
        && (ReferenceEquals(before.Attributes, after.Attributes) || before.Attributes.SequenceEqual(after.Attributes));

    private bool Raise(Resources capacity)
    {
        var before = Largest;
        Largest = Max(before, capacity);
        return Largest != before;
    }

    private bool Measure()
    {
        var before = Largest;
        Largest = Capacities.Aggregate(Resources.Zero, Max);
        return Largest != before;
    }

    private static Resources Max(Resources a, Resources b) => new(Math.Max(a.Cpu, b.Cpu), Math.Max(a.Memory, b.Memory), Math.Max(a.Disk, b.Disk));
}
