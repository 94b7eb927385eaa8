using System.Collections.Immutable;

namespace OrleansCluster.Grains.Scheduling;

/// <summary>
/// Attempts that want a node: higher priority first, then the one that was queued first. Those that fit nowhere are parked until the cluster
/// changes, so that they do not stand in the way of those behind them.
/// </summary>
internal sealed class PlacementQueue
{
    private readonly SortedSet<PlacementRequest> _waiting = new(Order.Instance);
    private readonly Dictionary<string, PlacementRequest> _byTask = new(StringComparer.Ordinal);
    private readonly HashSet<string> _parked = new(StringComparer.Ordinal);
    private readonly TeamAges _teams = new();

    public int Count => _byTask.Count;

    public bool HasWaiting => _waiting.Count > 0;

    /// <summary>A later attempt takes the place of an earlier one; anything else that is queued stays as it is.</summary>
    public void Add(PlacementRequest request)
    {
        if (_byTask.TryGetValue(request.TaskId, out var queued))
        {
            if (queued.Attempt >= request.Attempt)
                return;
            Remove(request.TaskId);
        }

        _byTask.Add(request.TaskId, request);
        _waiting.Add(request);
        _teams.Add(request);
    }

    public bool Remove(string taskId)
    {
        if (!_byTask.Remove(taskId, out var request))
            return false;
        _waiting.Remove(request);
        _parked.Remove(taskId);
        _teams.Remove(request);
        return true;
    }

    public PlacementRequest? Find(string taskId) => _byTask.GetValueOrDefault(taskId);

    public ImmutableArray<PlacementRequest> Head(int most) => [.. _waiting.Take(most)];

    public void Park(string taskId)
    {
        if (_byTask.TryGetValue(taskId, out var request) && _waiting.Remove(request))
            _parked.Add(taskId);
    }

    public QueueView ToView() => _teams.ToView();

    /// <summary>Lets every parked attempt try again.</summary>
    public void Unpark()
    {
        foreach (var taskId in _parked)
            _waiting.Add(_byTask[taskId]);
        _parked.Clear();
    }

    private sealed class Order : IComparer<PlacementRequest>
    {
        public static readonly Order Instance = new();

        public int Compare(PlacementRequest? x, PlacementRequest? y)
        {
            var byPriority = y!.Priority.CompareTo(x!.Priority);
            if (byPriority != 0)
                return byPriority;
            var byAge = x.QueuedAt.CompareTo(y.QueuedAt);
            return byAge != 0 ? byAge : string.CompareOrdinal(x.TaskId, y.TaskId);
        }
    }
}
