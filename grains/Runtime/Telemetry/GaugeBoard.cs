using System.Collections.Concurrent;

namespace OrleansCluster.Grains.Runtime.Telemetry;

/// <summary>
/// What the grains of one kind on this silo show to their gauges. Gauges are read beside the grains' turns, so they see what a grain has posted,
/// which never changes afterwards, and not the grain.
/// </summary>
internal sealed class GaugeBoard<T>
    where T : class
{
    private readonly ConcurrentDictionary<string, T> _posted = new(StringComparer.Ordinal);

    public IEnumerable<KeyValuePair<string, T>> Posted => _posted;

    public void Post(string key, T shown) => _posted[key] = shown;

    /// <summary>Takes down what this activation has posted last, and not what another one has posted since.</summary>
    public void TakeDown(string key, T? shown)
    {
        if (shown is not null)
            _posted.TryRemove(KeyValuePair.Create(key, shown));
    }
}
