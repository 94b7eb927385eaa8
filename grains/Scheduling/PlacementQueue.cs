using System.Collections.Immutable;

namespace OrleansCluster.Grains.Scheduling;

/// <summary>
/// Attempts that want a node: higher priority first, then the one that was queued first, where a point of priority outweighs a minute of waiting: so nothing
/// waits for ever behind what is more urgent and never ends. Those that fit nowhere are parked until the cluster changes, so that they do not stand in the
/// way of those behind them.
/// </summary>
internal sealed class PlacementQueue
{
    private static readonly TimeSpan _waitPerPoint = TimeSpan.FromMinutes(1);

    private readonly SortedSet<PlacementRequest> _waiting = new(Order);
    private readonly SortedSet<PlacementRequest> _parked = new(Order);

    /// <summary>Those whose time has not come, by when it does.</summary>
    private readonly SortedSet<PlacementRequest> _delayed = new(Comparer<PlacementRequest>.Create((x, y) => CompareTimes(x, y, request => request.NotBefore)));

    /// <summary>Those that do not wait for ever, by when they are given up.</summary>
    private readonly SortedSet<PlacementRequest> _expiring = new(Comparer<PlacementRequest>.Create((x, y) => CompareTimes(x, y, request => request.ExpiresAt)));
    private readonly Dictionary<string, PlacementRequest> _byTask = new(StringComparer.Ordinal);
    private readonly TeamAges _teams = new();

    /// <summary>Who goes first. It does not change while they wait, since all grow older alike.</summary>
    public static IComparer<PlacementRequest> Order { get; } = Comparer<PlacementRequest>.Create(Compare);

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
        (request.NotBefore is null ? _waiting : _delayed).Add(request);
        if (request.ExpiresAt is not null)
            _expiring.Add(request);
        _teams.Add(request);
    }

    public bool Remove(string taskId)
    {
        if (!_byTask.Remove(taskId, out var request))
            return false;
        _waiting.Remove(request);
        _parked.Remove(request);
        if (request.NotBefore is not null)
            _delayed.Remove(request);
        if (request.ExpiresAt is not null)
            _expiring.Remove(request);
        _teams.Remove(request);
        return true;
    }

    /// <summary>When the next of those that are delayed may be placed, or is given up; <see langword="null"/> where there is none.</summary>
    public DateTimeOffset? NextMoment =>
        (_delayed.Min?.NotBefore, _expiring.Min?.ExpiresAt) is var (due, expiry) && (due is null || expiry < due) ? expiry : due;

    /// <summary>Whether something waits for nothing but a node.</summary>
    public bool HasReady => _waiting.Count + _parked.Count > 0;

    /// <summary>Lets those wait for a node whose time has come; answers with those that have waited for one too long, which stay until they are removed.</summary>
    public ImmutableArray<PlacementRequest> Advance(DateTimeOffset now)
    {
        while (_delayed.Min is { } next && next.NotBefore <= now)
        {
            _delayed.Remove(next);
            _waiting.Add(next);
        }

        return _expiring.Min?.ExpiresAt <= now ? [.. _expiring.TakeWhile(request => request.ExpiresAt <= now)] : [];
    }

    public PlacementRequest? Find(string taskId) => _byTask.GetValueOrDefault(taskId);

    public ImmutableArray<PlacementRequest> Head(int most) => [.. _waiting.Take(most)];

    /// <summary>What waits to be tried, in order.</summary>
    public IEnumerable<PlacementRequest> Waiting => _waiting;

    /// <summary>What has found no room, in order.</summary>
    public IEnumerable<PlacementRequest> Parked => _parked;

    /// <summary>What waits to be tried, then what is parked; not what is delayed.</summary>
    public IEnumerable<PlacementRequest> All() => _waiting.Concat(_parked);

    public void Park(string taskId)
    {
        if (_byTask.TryGetValue(taskId, out var request) && _waiting.Remove(request))
            _parked.Add(request);
    }

    /// <summary>Of those that are parked, the one that goes first.</summary>
    public PlacementRequest? FirstParked() => _parked.Min;

    public QueueView ToView(string cluster, string scheduler) => _teams.ToView(cluster, scheduler);

    /// <summary>Lets every parked attempt try again.</summary>
    public void Unpark()
    {
        _waiting.UnionWith(_parked);
        _parked.Clear();
    }

    private static int Compare(PlacementRequest x, PlacementRequest y)
    {
        var byUrgency = Urgency(x).CompareTo(Urgency(y));
        if (byUrgency != 0)
            return byUrgency;
        var byPriority = y.Priority.CompareTo(x.Priority);
        return byPriority != 0 ? byPriority : string.CompareOrdinal(x.TaskId, y.TaskId);
    }

    private static int CompareTimes(PlacementRequest x, PlacementRequest y, Func<PlacementRequest, DateTimeOffset?> timeOf)
    {
        var byTime = Nullable.Compare(timeOf(x), timeOf(y));
        return byTime != 0 ? byTime : string.CompareOrdinal(x.TaskId, y.TaskId);
    }

    /// <summary>The moment at which it would have been queued with priority 0 to go where it goes.</summary>
    private static DateTimeOffset Urgency(PlacementRequest request) => request.QueuedAt - (request.Priority * _waitPerPoint);
}
