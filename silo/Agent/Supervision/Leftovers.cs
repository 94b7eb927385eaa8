namespace OrleansCluster.Silo.Agent.Supervision;

/// <summary>
/// Containers that run without a claim: kept while the node was cut off, until it was declared lost. What they use the claims of others count as free, host ports above
/// all, so nothing is launched beside them.
/// </summary>
internal sealed class Leftovers
{
    private readonly Lock _lock = new();
    private readonly HashSet<string> _ids = [];

    /// <summary>Called when the last of them is gone.</summary>
    public event Action? Gone;

    public bool IsEmpty
    {
        get
        {
            lock (_lock)
                return _ids.Count == 0;
        }
    }

    public void Add(IEnumerable<string> containerIds)
    {
        lock (_lock)
            _ids.UnionWith(containerIds);
    }

    public void Remove(IEnumerable<string> containerIds) => Change(ids => ids.ExceptWith(containerIds));

    /// <summary>As a full listing shows them: whoever is not there has gone by itself.</summary>
    public void Limit(IEnumerable<string> running) => Change(ids => ids.IntersectWith(running));

    private void Change(Action<HashSet<string>> change)
    {
        bool isLast;
        lock (_lock)
        {
            if (_ids.Count == 0)
                return;
            change(_ids);
            isLast = _ids.Count == 0;
        }

        if (isLast)
            Gone?.Invoke();
    }
}
