using OrleansCluster.Placement.Constraints;
using OrleansCluster.Placement.Constraints.Syntax;
using OrleansCluster.Placement.Extras;
using OrleansCluster.Placement.Gpus;

namespace OrleansCluster.Placement;

/// <summary>
/// What the requests of one group with the same constraints, strategy, GPU and named amounts look at: which nodes are allowed, and the keys that order them. It follows what is
/// taken from its arrays, so a batch makes one for all tasks of a job.
/// </summary>
internal sealed class PlacementShape
{
    private readonly ClusterArrays _arrays;
    private readonly string _group;
    private readonly int[] _allowed;
    private readonly ExtraDemand? _extras;
    private readonly List<(PlacementStep Step, SpreadCounts? Spread, NodeKeys? Fgd)> _steps = [];
    private readonly bool _isRandom;

    /// <param name="request">One of them; of what it wants of CPU, memory and disk only <c>fgd</c> makes use.</param>
    /// <param name="isRandom">What decides where the strategy has left several.</param>
    public PlacementShape(ClusterArrays arrays, PlacementRequest request, bool isRandom)
    {
        (_arrays, _group, _extras) = (arrays, request.Group, request.Extras);
        Rules = PlacementRules.Of(_group, request.Constraints, arrays.Nodes.Constraints);
        _allowed = Allowed();
        _isRandom = isRandom || request.Strategy.Any(step => step.Type == PlacementStepType.Random);
        foreach (var step in request.Strategy.TakeWhile(step => step.Type != PlacementStepType.Random))
        {
            _steps.Add((
                step,
                step.Type == PlacementStepType.Spread ? Spread(step.Field ?? "") : null,
                step.Type == PlacementStepType.Fgd ? Fgd(request) : null));
        }

        foreach (var taken in arrays.Taken)
            OnTaken(taken);
    }

    public PlacementRules? Rules { get; }

    /// <summary>By what they want, the explanations of requests that found nothing: where no task that is placed can open a node, none after them does.</summary>
    public Dictionary<Resources, PlacementExplanation> Refused { get; } = [];

    public bool KeepsRefusals => Rules?.AskForTasks != true;

    /// <summary>-1 where nothing fits.</summary>
    public int Find(PlacementRequest request, ulong seed)
    {
        var (wanted, ports) = (request.Resources, request.Ports);
        if (_arrays.Count == 0)
            return -1;

        var start = (int)(seed % (ulong)_arrays.Count);
        if (_steps.Count == 0 && !_isRandom && ports.IsEmpty)
        {
            var score = ChainScan.LeastScore(_arrays, wanted, _allowed, Scores);
            return score == ClusterArrays.Closed ? -1 : ChainScan.FirstOf(_arrays, wanted, _allowed, Scores, score, start);
        }

        // Whatever it is, it is the same for all candidates.
        ReadOnlySpan<int> keys = _allowed;
        var candidates = _arrays.Candidates;
        var least = ChainScan.Begin(_arrays, wanted, _allowed, ports.IsEmpty ? Keys(0) : keys, candidates);
        if (!ports.IsEmpty)
        {
            DropWithoutPorts(candidates, request);
            least = ChainScan.Narrow(candidates, keys, -1, Keys(0));
        }

        keys = Keys(0);
        for (var step = 1; step < KeyCount; step++)
        {
            var next = Keys(step);
            least = ChainScan.Narrow(candidates, keys, least, next);
            keys = next;
        }

        return _isRandom ? ChainScan.AnyOf(candidates, keys, least, seed) : ChainScan.FirstOf(candidates, keys, least, start);
    }

    public void OnTaken(TakenTask task)
    {
        if (task.Group == _group && _group.Length > 0)
        {
            if (Rules?.IsDistinct == true)
                _allowed[task.Node] = 0;
            foreach (var (_, spread, _) in _steps)
                spread?.Add(task.Node);
        }

        if (Rules is { AskForTasks: true } rules)
            _allowed[task.Node] = rules.Check(_arrays.FactsOf(task.Node, rules)) is null ? -1 : 0;
        if (_extras is not null && ExtraRoom.Check(_arrays.RoomOf(task.Node), _extras) is not null)
            _allowed[task.Node] = 0;
        foreach (var (_, _, fgd) in _steps)
            fgd?.Renew(task.Node);
    }

    private ReadOnlySpan<int> Scores => _extras?.Gpu is null ? _arrays.Scores : _arrays.GpuScores;

    private int KeyCount => Math.Max(1, _steps.Count + (_isRandom ? 0 : 1));

    private ReadOnlySpan<int> Keys(int number)
    {
        if (number == _steps.Count)
            return _isRandom ? _allowed : Scores;
        var (step, spread, fgd) = _steps[number];
        if (fgd is not null)
            return fgd.All;
        return spread is not null ? spread.Counts : step.Field == "cpu" ? _arrays.FreeCpu : _arrays.FreeMemory;
    }

    private void DropWithoutPorts(Span<int> candidates, PlacementRequest request)
    {
        for (var node = 0; node < candidates.Length; node++)
        {
            if (candidates[node] != 0 && _arrays.Check(node, request) is not null)
                candidates[node] = 0;
        }
    }

    private int[] Allowed()
    {
        var nodes = _arrays.Nodes;
        var allowed = new int[nodes.Count];
        if (Rules is { CanBeRead: false })
            return allowed;
        Array.Fill(allowed, -1);
        foreach (var expression in Rules?.Expressions ?? [])
            And(allowed, nodes.Columns.Matching(nodes, expression));
        if (_extras is not null)
            _arrays.Rooms.And(allowed, _extras);
        if (Rules?.IsDistinct != true)
            return allowed;
        var tasks = nodes.Columns.OfGroup(nodes, _group);
        for (var node = 0; node < allowed.Length; node++)
            allowed[node] = tasks[node] == 0 ? allowed[node] : 0;
        return allowed;
    }

    private NodeKeys Fgd(PlacementRequest request)
    {
        var yardstick = _arrays.Yardstick ?? GpuYardstick.Of([request]);
        return new NodeKeys(_arrays.Count, node => yardstick.KeyOf(_arrays, node, request));
    }

    private SpreadCounts Spread(string field)
    {
        var nodes = _arrays.Nodes;
        var tasks = nodes.Columns.OfGroup(nodes, _group);
        if (!Subject.IsAttribute(field))
            return SpreadCounts.OfNodes(tasks);
        var (values, count) = nodes.Columns.OfAttribute(nodes, field[Subject.AttributePrefix.Length..]);
        return SpreadCounts.OfValues(tasks, values, count);
    }

    private static void And(int[] allowed, int[] matching)
    {
        for (var node = 0; node < allowed.Length; node++)
            allowed[node] &= matching[node];
    }
}
