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
        Largest = Largest,
    };

    /// <summary>Adds a node or overwrites what is known of it. Returns whether <see cref="Largest"/> has changed.</summary>
    public bool Set(NodeSnapshot snapshot, out int node)
    {
        if (_indexes.TryGetValue(snapshot.Name, out node))
        {
            var before = Capacities[node];
            (ETags[node], Statuses[node], Capacities[node]) = (snapshot.ETag, snapshot.Status, snapshot.Capacity);
            return before != snapshot.Capacity && Measure();
        }

        node = Count;
        _indexes.Add(snapshot.Name, node);
        Names.Add(snapshot.Name);
        ETags.Add(snapshot.ETag);
        Statuses.Add(snapshot.Status);
        Capacities.Add(snapshot.Capacity);
        return Raise(snapshot.Capacity);
    }

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
