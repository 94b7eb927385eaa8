using System.Collections.Concurrent;

namespace OrleansCluster.Grains.Storage.Sql;

/// <summary>
/// Waits for events of any process. This one's are told by the watch at once; for others' the database is asked, only while somebody waits and once
/// for all who do. (Being notified by the database was not taken: PostgreSQL lets no two transactions that notify commit at the same time.)
/// </summary>
internal sealed class EventPoller(EventWatch watch, TimeProvider clock, TimeSpan interval, Func<string, CancellationToken, Task<long>> newest)
{
    private readonly ConcurrentDictionary<string, long> _asked = [];

    public async Task Wait(string cluster, long after, TimeSpan longest, CancellationToken cancellationToken)
    {
        var start = clock.GetTimestamp();
        while (true)
        {
            var left = longest == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : longest - clock.GetElapsedTime(start);
            if (left <= TimeSpan.Zero)
                return;
            await watch.Wait(cluster, after, left < interval ? left : interval, cancellationToken);
            if (watch.Newest(cluster) > after)
                return;
            await Ask(cluster, cancellationToken);
        }
    }

    private async Task Ask(string cluster, CancellationToken cancellationToken)
    {
        var now = clock.GetTimestamp();
        var before = _asked.GetOrAdd(cluster, 0);
        if (clock.GetElapsedTime(before, now) < interval / 2 || !_asked.TryUpdate(cluster, now, before))
            return;
        try
        {
            watch.Committed(cluster, await newest(cluster, cancellationToken));
        }
        catch (StoreUnavailableException)
        {
            // Waiting goes on through a failure: whoever reads next is told of it, if it still lasts.
        }
    }
}
