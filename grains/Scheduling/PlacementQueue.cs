using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using OrleansCluster.Grains.Teams;

namespace OrleansCluster.Grains.Scheduling;

/// <summary>
/// Attempts that want a node: higher priority first, then the one that was queued first, where a point of priority outweighs a minute of waiting: so nothing
/// waits for ever behind what is more urgent and never ends. Between teams it is fairness that decides (<see cref="FairDraw"/>). Those that fit nowhere are
/// parked until the cluster changes, so that they do not stand in the way of those behind them; those over their team's limits are set aside as well, and
/// nothing waits for them. A gang is one entry, which its leader stands for, and is here whole or not at all.
/// </summary>
internal sealed class PlacementQueue
{
    private static readonly TimeSpan _waitPerPoint = TimeSpan.FromMinutes(1);

    private readonly SortedDictionary<(string Team, PriorityBand Band), TeamLane> _lanes = new(ByTeam.Instance);
    private readonly Dictionary<string, (PlacementRequest Request, TeamShortfall Shortfall)> _setAside = new(StringComparer.Ordinal);

    /// <summary>Those whose time has not come, by when it does.</summary>
    private readonly SortedSet<PlacementRequest> _delayed = new(Comparer<PlacementRequest>.Create((x, y) => CompareTimes(x, y, request => request.NotBefore)));

    /// <summary>Those that do not wait for ever, by when they are given up.</summary>
    private readonly SortedSet<PlacementRequest> _expiring = new(Comparer<PlacementRequest>.Create((x, y) => CompareTimes(x, y, request => request.ExpiresAt)));
    private readonly Dictionary<string, PlacementRequest> _byTask = new(StringComparer.Ordinal);
    private readonly Dictionary<string, QueuedGang> _gangs = new(StringComparer.Ordinal);
    private readonly TeamAges _teams = new();

    /// <summary>Who of one team goes first. It does not change while they wait, since all grow older alike.</summary>
    public static IComparer<PlacementRequest> Order { get; } = Comparer<PlacementRequest>.Create(Compare);

    public int Count => _byTask.Count;

    public bool HasWaiting => _lanes.Values.Any(lane => lane.HasWaiting);

    /// <summary>A later attempt takes the place of an earlier one; anything else that is queued stays as it is.</summary>
    public void Add(PlacementRequest request)
    {
        if (_byTask.TryGetValue(request.TaskId, out var queued))
        {
            if (queued.Attempt >= request.Attempt)
                return;
            Remove(request.TaskId);
        }

        Enroll(request);
        Enter(request);
    }

    /// <summary>All requests of a gang. A part of one is left out: whoever has sent it sends it whole when it is.</summary>
    public void AddGang(ImmutableArray<PlacementRequest> requests)
    {
        if (QueuedGang.Of(requests) is not { } gang)
            return;
        if (_gangs.TryGetValue(gang.Leader.Gang!, out var queued))
        {
            if (queued.Attempt >= gang.Attempt)
                return;
            Remove(queued.Leader.TaskId);
        }

        _gangs.Add(gang.Leader.Gang!, gang);
        foreach (var member in gang.Members)
            Enroll(member);
        Enter(gang.Leader);
    }

    /// <summary>With a task of a gang all of it goes: without one of them it is not whole.</summary>
    public bool Remove(string taskId)
    {
        if (!_byTask.TryGetValue(taskId, out var request))
            return false;
        if (!TryFindGang(request, out var gang))
        {
            Strike(request);
            return Leave(request);
        }

        _gangs.Remove(request.Gang!);
        foreach (var member in gang.Members)
            Strike(member);
        return Leave(gang.Leader);
    }

    /// <summary>The gang that a request is of.</summary>
    public bool TryFindGang(PlacementRequest request, [NotNullWhen(true)] out QueuedGang? gang)
    {
        gang = null;
        return request.Gang is { } id && _gangs.TryGetValue(id, out gang);
    }

    /// <summary>The request, or all of the gang that it stands for.</summary>
    public ImmutableArray<PlacementRequest> MembersOf(PlacementRequest request) => TryFindGang(request, out var gang) ? gang.Members : [request];

    private void Enroll(PlacementRequest request)
    {
        _byTask.Add(request.TaskId, request);
        if (request.ExpiresAt is not null)
            _expiring.Add(request);
        _teams.Add(request);
    }

    private void Strike(PlacementRequest request)
    {
        _byTask.Remove(request.TaskId);
        if (request.ExpiresAt is not null)
            _expiring.Remove(request);
        _teams.Remove(request);
    }

    private void Enter(PlacementRequest request) => (request.NotBefore is null ? LaneOf(request).Waiting : _delayed).Add(request);

    private bool Leave(PlacementRequest request)
    {
        _setAside.Remove(request.TaskId);
        if (request.NotBefore is not null)
            _delayed.Remove(request);
        if (!_lanes.TryGetValue(KeyOf(request), out var lane))
            return true;
        lane.Waiting.Remove(request);
        lane.Parked.Remove(request);
        if (lane.IsEmpty)
            _lanes.Remove(KeyOf(request));
        return true;
    }

    /// <summary>When the next of those that are delayed may be placed, or is given up; <see langword="null"/> where there is none.</summary>
    public DateTimeOffset? NextMoment =>
        (_delayed.Min?.NotBefore, _expiring.Min?.ExpiresAt) is var (due, expiry) && (due is null || expiry < due) ? expiry : due;

    /// <summary>Whether something waits for nothing but a node.</summary>
    public bool HasReady => _setAside.Count > 0 || _lanes.Values.Any(lane => !lane.IsEmpty);

    /// <summary>Lets those wait for a node whose time has come; answers with those that have waited for one too long, which stay until they are removed.</summary>
    public ImmutableArray<PlacementRequest> Advance(DateTimeOffset now)
    {
        while (_delayed.Min is { } next && next.NotBefore <= now)
        {
            _delayed.Remove(next);
            LaneOf(next).Waiting.Add(next);
        }

        return _expiring.Min?.ExpiresAt <= now ? [.. _expiring.TakeWhile(request => request.ExpiresAt <= now)] : [];
    }

    public PlacementRequest? Find(string taskId) => _byTask.GetValueOrDefault(taskId);

    /// <summary>What to place next, at most so many; what would pass its team's limits is set aside.</summary>
    public QueueHead Draw(int most, FairDraw draw)
    {
        var head = draw.Draw(_lanes.Values, most);
        foreach (var (request, shortfall) in draw.SetAside)
        {
            var lane = LaneOf(request);
            lane.Waiting.Remove(request);
            lane.Parked.Remove(request);
            _setAside[request.TaskId] = (request, shortfall);
        }

        return head;
    }

    /// <summary>What waits to be tried, in order of urgency.</summary>
    /// <remarks>Of a gang its leader.</remarks>
    public IEnumerable<PlacementRequest> Waiting => SortedSets.Merge(_lanes.Values.Select(lane => lane.Waiting), Order);

    /// <summary>What has found no room, in order of urgency.</summary>
    public IEnumerable<PlacementRequest> Parked => SortedSets.Merge(_lanes.Values.Select(lane => lane.Parked), Order);

    /// <summary>What waits to be tried, then what is parked or set aside; not what is delayed.</summary>
    public IEnumerable<PlacementRequest> All() => Waiting.Concat(Parked).Concat(_setAside.Values.Select(each => each.Request));

    public void Park(string taskId)
    {
        if (_byTask.TryGetValue(taskId, out var request) && LeaderOf(request) is var leader && LaneOf(leader) is var lane && lane.Waiting.Remove(leader))
            lane.Parked.Add(leader);
    }

    /// <summary>Of those that are parked, the most urgent one.</summary>
    public PlacementRequest? FirstParked() => _lanes.Values.Select(lane => lane.Parked.Min).OfType<PlacementRequest>().Min(Order);

    /// <summary>The limit for which a task was set aside.</summary>
    public TeamShortfall? FindShortfall(string taskId) =>
        _byTask.TryGetValue(taskId, out var request) && _setAside.TryGetValue(LeaderOf(request).TaskId, out var found) ? found.Shortfall : null;

    public bool HasSeveralTeams => _teams.Count > 1;

    public QueueView ToView(string cluster, string scheduler) => _teams.ToView(cluster, scheduler);

    /// <summary>Lets every attempt that is parked or set aside try again.</summary>
    public void Unpark()
    {
        foreach (var (request, _) in _setAside.Values)
            LaneOf(request).Waiting.Add(request);
        _setAside.Clear();
        foreach (var lane in _lanes.Values)
        {
            lane.IsHeld = false;
            lane.Waiting.UnionWith(lane.Parked);
            lane.Parked.Clear();
        }
    }

    private static (string Team, PriorityBand Band) KeyOf(PlacementRequest request) => (request.Team, PriorityBands.Of(request.Priority));

    private TeamLane LaneOf(PlacementRequest request)
    {
        var key = KeyOf(request);
        if (!_lanes.TryGetValue(key, out var lane))
            _lanes.Add(key, lane = new TeamLane(key.Team, key.Band, _gangs));
        return lane;
    }

    private PlacementRequest LeaderOf(PlacementRequest request) => TryFindGang(request, out var gang) ? gang.Leader : request;

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

    /// <summary>Names in the order of their letters: the default would ask the culture.</summary>
    private sealed class ByTeam : IComparer<(string Team, PriorityBand Band)>
    {
        public static readonly ByTeam Instance = new();

        public int Compare((string Team, PriorityBand Band) x, (string Team, PriorityBand Band) y) =>
            string.CompareOrdinal(x.Team, y.Team) is not 0 and var byTeam ? byTeam : x.Band.CompareTo(y.Band);
    }
}
