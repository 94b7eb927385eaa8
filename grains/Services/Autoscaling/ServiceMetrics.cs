namespace OrleansCluster.Grains.Services.Autoscaling;

/// <summary>
/// What is known of a service's metrics: in memory alone, since a value counts for a minute. Whoever looks after that, or after the grain has moved, knows nothing, and nothing is
/// scaled by that. Its grain's turns guard it.
/// </summary>
internal sealed class ServiceMetrics
{
    /// <summary>Metrics that are put, and count, at a time.</summary>
    public const int Most = 32;

    /// <summary>For how long a value counts: four of the agents' periods.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    private readonly SortedDictionary<string, MetricReading> _put = new(StringComparer.Ordinal);
    private readonly SortedDictionary<int, Used> _used = [];

    /// <summary>False where there are as many as there may be.</summary>
    public bool Put(string metric, double value, DateTimeOffset now)
    {
        Forget(now);
        if (_put.Count >= Most && !_put.ContainsKey(metric))
            return false;
        _put[metric] = new MetricReading(value, now, Tasks: 0);
        return true;
    }

    public void Report(int number, TaskUsage usage, DateTimeOffset now) => _used[number] = new Used(usage.Attempt, usage.Cpu, usage.Memory, now);

    public void Clear()
    {
        _put.Clear();
        _used.Clear();
    }

    /// <param name="running">The attempts of the tasks that run and are to stay, by number: what is known of others does not count.</param>
    public SortedDictionary<string, MetricReading> Read(IReadOnlyDictionary<int, int> running, DateTimeOffset now)
    {
        Forget(now);
        foreach (var number in _used.Where(used => running.GetValueOrDefault(used.Key) != used.Value.Attempt).Select(used => used.Key).ToList())
            _used.Remove(number);
        var all = new SortedDictionary<string, MetricReading>(_put, StringComparer.Ordinal);
        Average(all, ScalingPolicy.Cpu, used => used.Cpu);
        Average(all, ScalingPolicy.Memory, used => used.Memory);
        return all;
    }

    private void Average(SortedDictionary<string, MetricReading> all, string metric, Func<Used, double?> of)
    {
        var known = _used.Values.Where(used => of(used) is not null).ToList();
        if (known.Count > 0)
            all[metric] = new MetricReading(known.Average(used => of(used)!.Value), known.Max(used => used.At), known.Count);
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (var metric in _put.Where(put => put.Value.At + Lifetime <= now).Select(put => put.Key).ToList())
            _put.Remove(metric);
        foreach (var number in _used.Where(used => used.Value.At + Lifetime <= now).Select(used => used.Key).ToList())
            _used.Remove(number);
    }

    private sealed record Used(int Attempt, double? Cpu, double? Memory, DateTimeOffset At);
}
