namespace OrleansCluster.Grains.Tasks.Validation;

/// <summary>
/// The nodes of a graph that may still be on a circle. One all of whose dependencies are settled is settled, too: it is on no circle of others. Each edge is looked
/// at once, however many circles there are.
/// </summary>
internal sealed class UnsettledNodes
{
    private readonly bool[] _isSettled;
    private readonly int[] _waitingFor;
    private readonly List<int>[] _dependents;

    /// <param name="edges">For each node, the nodes it depends on.</param>
    public UnsettledNodes(int[][] edges)
    {
        _isSettled = new bool[edges.Length];
        _waitingFor = [.. edges.Select(all => all.Length)];
        _dependents = [.. edges.Select(_ => new List<int>())];
        for (var node = 0; node < edges.Length; node++)
        {
            foreach (var dependency in edges[node])
                _dependents[dependency].Add(node);
        }

        Settle(Enumerable.Range(0, edges.Length).Where(node => _waitingFor[node] == 0));
    }

    public bool Contains(int node) => !_isSettled[node];

    public void Settle(IEnumerable<int> nodes)
    {
        var settled = new Queue<int>();
        foreach (var node in nodes)
            Mark(node, settled);
        while (settled.TryDequeue(out var node))
        {
            foreach (var dependent in _dependents[node])
            {
                if (--_waitingFor[dependent] == 0 && Contains(dependent))
                    Mark(dependent, settled);
            }
        }
    }

    private void Mark(int node, Queue<int> settled)
    {
        _isSettled[node] = true;
        settled.Enqueue(node);
    }
}
