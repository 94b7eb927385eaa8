using System.Collections.Immutable;
using Orleans.Placement;
using OrleansCluster.Grains.Runtime;
using OrleansCluster.Grains.Storage;

namespace OrleansCluster.Grains.Events;

/// <summary>Reads events from the store, as the API does, and keeps nothing: where it lives is all the same.</summary>
[PreferLocalPlacement]
internal sealed class EventsGrain(ITransactionalStore store, TimeProvider clock) : ClusterGrain, IEventsGrain
{
    private const int MostEvents = 500;
    private static readonly TimeSpan _longestWait = TimeSpan.FromSeconds(60);

    public async Task<EventBatch> Read(EventQuery query, CancellationToken cancellationToken)
    {
        var wait = query.Wait < _longestWait ? query.Wait : _longestWait;
        var start = clock.GetTimestamp();
        var last = query.After;
        while (true)
        {
            var rows = await store.ReadEvents(Cluster, last, Math.Clamp(query.Limit, 1, MostEvents), cancellationToken);
            last = rows.IsEmpty ? last : rows[^1].Sequence;
            ImmutableArray<EventEntry> events = [.. rows.Where(row => query.Job is null || row.Event.Job == query.Job).Select(ToEntry)];
            var left = wait - clock.GetElapsedTime(start);
            if (!events.IsEmpty || left <= TimeSpan.Zero)
                return new EventBatch { Events = events, Last = last };
            if (rows.IsEmpty)
                await store.WaitForEvents(Cluster, last, left, cancellationToken);
        }
    }

    public Task<long> Last(CancellationToken cancellationToken) => store.LastEvent(Cluster, cancellationToken);

    private static EventEntry ToEntry(EventRow row) => new()
    {
        Sequence = row.Sequence,
        Time = row.Event.Time,
        Type = row.Event.Type,
        Subject = row.Event.Subject,
        Job = row.Event.Job,
        Json = row.Event.Json,
    };
}
