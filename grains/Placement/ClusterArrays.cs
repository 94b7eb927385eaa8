using System.Collections.Immutable;
using System.Runtime.InteropServices;
using OrleansCluster.Placement.Constraints;
using OrleansCluster.Placement.Extras;
using OrleansCluster.Placement.Gpus;

namespace OrleansCluster.Placement;

/// <summary>
/// A snapshot of the cluster laid out for scanning: one array a property, one index a node. A copy shares what claims do not change until one
/// of the two applies a delta, so a scheduler can afford one for every batch. Not thread-safe; two copies may be used by two threads.
/// </summary>
public sealed class ClusterArrays
{
    /// <summary>The score of a node that takes no claims.</summary>
    internal const int Closed = int.MaxValue;

    // Resolution of the score: the share of one dimension is a number from 0 to this. Four of them stay far below Closed.
    private const int WholeShare = 1 << 24;

    // More than any score without it: what wants no GPU goes where none is free, as long as it fits there.
    private const int HasFreeGpu = 4 * WholeShare;

    private NodeTable _nodes;
    private bool _isTableShared;
    private int[] _freeCpu;
    private int[] _freeMemory;
    private int[] _freeDisk;
    private int[] _scores;
    private ImmutableDictionary<int, ImmutableHashSet<HostPort>> _ports;
    private List<TakenTask> _taken = [];
    private ExtraRooms _rooms = new();
    private NodeKeys? _gpuScores;
    private (IReadOnlyCollection<int> Nodes, string TaskId)? _kept;
    private Dictionary<ShapeKey, PlacementShape>? _shapes;
    private int[] _candidates = [];

    public ClusterArrays()
        : this(new NodeTable(), [], [], [], [], ImmutableDictionary<int, ImmutableHashSet<HostPort>>.Empty)
    {
    }

    private ClusterArrays(
        NodeTable nodes, int[] freeCpu, int[] freeMemory, int[] freeDisk, int[] scores, ImmutableDictionary<int, ImmutableHashSet<HostPort>> ports) =>
        (_nodes, _freeCpu, _freeMemory, _freeDisk, _scores, _ports) = (nodes, freeCpu, freeMemory, freeDisk, scores, ports);

    /// <summary>The version of the newest delta applied; <see cref="ClusterVersion.None"/> before the first.</summary>
    public ClusterVersion Version { get; private set; }

    public int Count => _nodes.Count;

    internal ReadOnlySpan<int> FreeCpu => _freeCpu.AsSpan(0, Count);
    internal ReadOnlySpan<int> FreeMemory => _freeMemory.AsSpan(0, Count);
    internal ReadOnlySpan<int> FreeDisk => _freeDisk.AsSpan(0, Count);

    /// <summary>Smaller is better; <see cref="Closed"/> for a node that takes no claims. See <see cref="PlacementEngine"/>.</summary>
    internal ReadOnlySpan<int> Scores => _scores.AsSpan(0, Count);

    internal NodeTable Nodes => _nodes;

    internal ExtraRooms Rooms => _rooms;

    /// <summary>What the strategy <c>fgd</c> goes by; where it is not set, a batch goes by its own requests.</summary>
    public GpuYardstick? Yardstick { get; set; }

    /// <summary>What was taken since the nodes' snapshots, in order.</summary>
    internal IReadOnlyList<TakenTask> Taken => _taken;

    /// <summary>Room for one scan at a time.</summary>
    internal Span<int> Candidates => _candidates.AsSpan(0, Count);

    public static ClusterArrays From(ClusterDelta snapshot)
    {
        var arrays = new ClusterArrays();
        arrays.Apply(snapshot);
        return arrays;
    }

    /// <summary>A copy to take from, which leaves this one as it is.</summary>
    public ClusterArrays Copy()
    {
        _isTableShared = true;
        return new ClusterArrays(_nodes, [.. FreeCpu], [.. FreeMemory], [.. FreeDisk], [.. Scores], _ports)
        {
            Version = Version,
            _isTableShared = true,
            _rooms = _rooms.Copy(),
            Yardstick = Yardstick,
            _taken = [.. _taken],
            _kept = _kept,
        };
    }

    /// <summary>
    /// Takes over what changed; nodes keep their index until the next snapshot. A delta that is not newer changes nothing, so that repeating one is
    /// harmless. A delta of another incarnation belongs to another history and is refused: ask for a snapshot.
    /// </summary>
    public void Apply(ClusterDelta delta)
    {
        if (delta.IsSnapshot)
            Clear();
        else if (delta.Version.Incarnation != Version.Incarnation)
            throw new InvalidOperationException($"A delta to {delta.Version} cannot follow {Version}: read from {nameof(ClusterVersion.None)} to get a snapshot.");
        else if (delta.Version.Number <= Version.Number)
            return;

        Version = delta.Version;
        if (delta.Nodes.IsEmpty)
            return;

        Unshare();
        (_shapes, _gpuScores) = (null, null);
        var isScaleOld = false;
        foreach (var node in delta.Nodes)
            isScaleOld |= Set(node);
        if (isScaleOld)
            ScoreAll();
    }

    /// <summary>-1 for an unknown node.</summary>
    public int IndexOf(string node) => _nodes.IndexOf(node);

    public string NameOf(int node) => _nodes.Names[node];

    public long ETagOf(int node) => _nodes.ETags[node];

    public NodeStatus StatusOf(int node) => _nodes.Statuses[node];

    public Resources CapacityOf(int node) => _nodes.Capacities[node];

    public Resources FreeOf(int node) => new(FreeCpu[node], FreeMemory[node], FreeDisk[node]);

    /// <summary>Its GPUs and named amounts; <see langword="null"/> where it has none.</summary>
    public ExtraRoom? RoomOf(int node) => _rooms[node];

    public IReadOnlySet<HostPort> PortsOf(int node) => _ports.GetValueOrDefault(node, ImmutableHashSet<HostPort>.Empty);

    /// <summary>What is in the way of that much on that node, or <see langword="null"/>.</summary>
    public Shortfall? Check(int node, Resources wanted, ImmutableArray<HostPort> ports)
    {
        var capacity = CapacityOf(node);
        return Feasibility.Check(StatusOf(node), capacity, capacity - FreeOf(node), PortsOf(node), wanted, ports);
    }

    /// <summary>What is in the way of a request, apart from its constraints.</summary>
    public Shortfall? Check(int node, PlacementRequest request) => Check(node, request, rules: null, facts: null);

    /// <summary>What is in the way of a request with the constraints that <paramref name="rules"/> are made of.</summary>
    public Shortfall? Check(int node, PlacementRequest request, PlacementRules? rules) =>
        Check(node, request, rules, rules is null ? null : FactsOf(node, rules));

    internal Shortfall? Check(int node, PlacementRequest request, PlacementRules? rules, NodeFacts? facts)
    {
        var capacity = CapacityOf(node);
        return Feasibility.Check(
            StatusOf(node), capacity, capacity - FreeOf(node), PortsOf(node), RoomOf(node), request.Resources, request.Ports, request.Extras, rules, facts);
    }

    /// <summary>Takes from a node that <see cref="Check(int, PlacementRequest, PlacementRules)"/> has found fit. The node keeps its ETag: nothing is committed by this.</summary>
    public void Take(int node, PlacementRequest request)
    {
        if (request.Extras is { } extras)
        {
            var room = _rooms[node]!;
            _rooms.Set(node, room.Take(room.Choose(extras)));
        }

        Take(node, request.Resources, request.Ports, request.Group);
    }

    /// <summary>Takes from a node that <see cref="Check(int, Resources, ImmutableArray{HostPort})"/> has found fit, for a task of no group.</summary>
    public void Take(int node, Resources resources, ImmutableArray<HostPort> ports) => Take(node, resources, ports, "");

    private void Take(int node, Resources resources, ImmutableArray<HostPort> ports, string group)
    {
        _freeCpu[node] -= resources.Cpu;
        _freeMemory[node] -= resources.Memory;
        _freeDisk[node] -= resources.Disk;
        if (!ports.IsEmpty)
            _ports = _ports.SetItem(node, _ports.GetValueOrDefault(node, ImmutableHashSet<HostPort>.Empty).Union(ports));
        Score(node);
        _gpuScores?.Renew(node);
        var task = new TakenTask(node, group);
        _taken.Add(task);
        if (_shapes is null)
            return;
        foreach (var shape in _shapes.Values)
            shape.OnTaken(task);
    }

    /// <summary>Nothing more is placed on that node of this copy, until it is set again by a delta.</summary>
    public void Close(int node)
    {
        _scores[node] = Closed;
        _gpuScores?.Renew(node);
    }

    /// <summary>As <see cref="Close"/>, because a task that goes first waits for room there, or its gang does; explanations say so.</summary>
    public void Keep(IReadOnlyCollection<int> nodes, string taskId)
    {
        foreach (var node in nodes)
            Close(node);
        _kept = (nodes, taskId);
    }

    /// <summary>The task that the node is kept for.</summary>
    internal string? KeptFor(int node) => _kept is { } kept && kept.Nodes.Contains(node) ? kept.TaskId : null;

    /// <summary>What rules ask of a node.</summary>
    internal NodeFacts FactsOf(int node, PlacementRules rules)
    {
        var taken = ImmutableArray<string>.Empty;
        if (!rules.AskForTasks && !rules.IsDistinct)
            return _nodes.FactsOf(node, withTasks: false, taken);
        foreach (var task in CollectionsMarshal.AsSpan(_taken))
        {
            if (task.Node == node)
                taken = taken.Add(task.Group);
        }

        return _nodes.FactsOf(node, withTasks: true, taken);
    }

    /// <summary>Of all nodes, in their order.</summary>
    internal IEnumerable<NodeFacts> AllFacts()
    {
        var taken = _taken.ToLookup(task => task.Node, task => task.Group);
        return Enumerable.Range(0, Count).Select(node => _nodes.FactsOf(node, withTasks: true, [.. taken[node]]));
    }

    /// <summary>What a request with constraints or a strategy of its own looks at, from now on until the next delta.</summary>
    internal PlacementShape ShapeOf(PlacementRequest request, bool isRandom)
    {
        // A group matters to constraints and strategies alone: without them, all who want the same of GPUs and amounts look at the same.
        var group = request.Constraints.IsEmpty && request.Strategy.IsEmpty ? "" : request.Group;
        var key = new ShapeKey(group, request.Constraints, request.Strategy, request.Extras, isRandom, GpuYardstick.IsAskedFor(request) ? request.Resources : Resources.Zero);
        _shapes ??= [];
        if (_shapes.TryGetValue(key, out var shape))
            return shape;
        if (_candidates.Length < Count)
            _candidates = new int[Count];
        shape = new PlacementShape(this, request with { Group = group }, isRandom);
        _shapes.Add(key, shape);
        return shape;
    }

    /// <summary>
    /// What takes the place of <see cref="Scores"/> for a task that wants GPU: what a node has free of that counts as a dimension more.
    /// </summary>
    internal ReadOnlySpan<int> GpuScores => (_gpuScores ??= new NodeKeys(Count, GpuScoreOf)).All;

    private int GpuScoreOf(int node)
    {
        if (_scores[node] == Closed || _rooms[node] is not { FreeGpu: > 0 and var free })
            return _scores[node];
        return _scores[node] - HasFreeGpu + Share(free, _rooms.LargestGpu);
    }

    private void Clear()
    {
        _taken.Clear();
        _nodes = new NodeTable();
        _isTableShared = false;
        _rooms = new ExtraRooms();
        _ports = ImmutableDictionary<int, ImmutableHashSet<HostPort>>.Empty;
    }

    private void Unshare()
    {
        if (_isTableShared)
            _nodes = _nodes.Copy();
        _isTableShared = false;
    }

    /// <summary>Whether the scale of all scores has changed by it.</summary>
    private bool Set(NodeSnapshot snapshot)
    {
        var isScaleOld = _nodes.Set(snapshot, out var node);
        if (_taken.Count > 0)
            _taken.RemoveAll(task => task.Node == node);
        if (node >= _freeCpu.Length)
            Grow();

        var free = snapshot.Free;
        (_freeCpu[node], _freeMemory[node], _freeDisk[node]) = (free.Cpu, free.Memory, free.Disk);
        _ports = snapshot.ClaimedPorts.IsEmpty ? _ports.Remove(node) : _ports.SetItem(node, [.. snapshot.ClaimedPorts]);
        _rooms.Set(node, ExtraRoom.Of(snapshot.ExtraCapacity, snapshot.ExtraClaimed));
        Score(node);
        return isScaleOld;
    }

    private void Grow()
    {
        var length = Math.Max(16, _freeCpu.Length * 2);
        Array.Resize(ref _freeCpu, length);
        Array.Resize(ref _freeMemory, length);
        Array.Resize(ref _freeDisk, length);
        Array.Resize(ref _scores, length);
    }

    private void ScoreAll()
    {
        for (var node = 0; node < Count; node++)
            Score(node);
    }

    private void Score(int node)
    {
        var largest = _nodes.Largest;
        _scores[node] = StatusOf(node) != NodeStatus.Active
            ? Closed
            : Share(_freeCpu[node], largest.Cpu) + Share(_freeMemory[node], largest.Memory) + Share(_freeDisk[node], largest.Disk)
                + (_rooms[node] is { FreeGpu: > 0 } ? HasFreeGpu : 0);
    }

    private static int Share(int free, int largest) => largest == 0 ? 0 : (int)((long)Math.Max(free, 0) * WholeShare / largest);
}
