namespace OrleansCluster.Grains.Services;

/// <summary>Tasks the nodes of which say, again and again, that they are taken out of service. What has not been said for a while does not hold any more.</summary>
internal sealed class LeavingTasks(TimeProvider clock)
{
    private static readonly TimeSpan _holds = TimeSpan.FromSeconds(10);

    private readonly Dictionary<int, DateTimeOffset> _until = [];

    /// <summary>Whether one of them is news.</summary>
    public bool Tell(IEnumerable<int> numbers)
    {
        var isNews = false;
        foreach (var number in numbers)
        {
            isNews |= !_until.TryGetValue(number, out var until) || until <= clock.GetUtcNow();
            _until[number] = clock.GetUtcNow() + _holds;
        }

        return isNews;
    }

    public IReadOnlySet<int> Numbers()
    {
        foreach (var (number, _) in _until.Where(entry => entry.Value <= clock.GetUtcNow()).ToList())
            _until.Remove(number);
        return _until.Keys.ToHashSet();
    }
}
