namespace OrleansCluster.Grains.Scheduling;

/// <summary>The queued attempts of each team by age, kept as they come and go, so that nobody has to walk through the queue to count it.</summary>
internal sealed class TeamAges
{
    private readonly SortedDictionary<string, SortedSet<(DateTimeOffset QueuedAt, string TaskId)>> _teams = new(StringComparer.Ordinal);

    public int Count => _teams.Count;

    public void Add(PlacementRequest request)
    {
        if (!_teams.TryGetValue(request.Team, out var ages))
            _teams.Add(request.Team, ages = new SortedSet<(DateTimeOffset QueuedAt, string TaskId)>(ByAge.Instance));
        ages.Add((request.QueuedAt, request.TaskId));
    }

    public void Remove(PlacementRequest request)
    {
        var ages = _teams[request.Team];
        ages.Remove((request.QueuedAt, request.TaskId));
        if (ages.Count == 0)
            _teams.Remove(request.Team);
    }

    public QueueView ToView(string cluster, string scheduler) => new(cluster, scheduler, [.. _teams.Select(t => new TeamQueue(t.Key, t.Value.Count, t.Value.Min.QueuedAt))]);

    /// <summary>Ids in the order of their letters: the default would ask the culture.</summary>
    private sealed class ByAge : IComparer<(DateTimeOffset QueuedAt, string TaskId)>
    {
        public static readonly ByAge Instance = new();

        public int Compare((DateTimeOffset QueuedAt, string TaskId) x, (DateTimeOffset QueuedAt, string TaskId) y)
        {
            var byAge = x.QueuedAt.CompareTo(y.QueuedAt);
            return byAge != 0 ? byAge : string.CompareOrdinal(x.TaskId, y.TaskId);
        }
    }
}
