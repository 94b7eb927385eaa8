using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using OrleansCluster.Grains.Storage;

namespace OrleansCluster.Silo.Api.Streams;

/// <summary>
/// Writes a cluster's events as server-sent events. An event's id is its sequence number, so that a reader that lost its connection goes on
/// where it was.
/// </summary>
internal sealed class EventStream(ITransactionalStore store, ApiOptions options, TimeProvider clock, string cluster, string? job)
{
    public const string MediaType = "text/event-stream";

    /// <summary>Events read at a time: what one stream may hold in memory.</summary>
    private const int ReadLimit = 500;

    private static readonly byte[] _keepAlive = ": keep-alive\n\n"u8.ToArray();

    public async Task Write(HttpResponse response, long after, CancellationToken cancellationToken)
    {
        var written = clock.GetTimestamp();
        while (true)
        {
            var rows = await store.ReadEvents(cluster, after, ReadLimit, cancellationToken);
            after = rows.IsEmpty ? after : rows[^1].Sequence;
            var text = Format(rows);
            var silence = options.KeepAlive - clock.GetElapsedTime(written);
            if (text.IsEmpty && silence <= TimeSpan.Zero)
                text = _keepAlive;

            if (!text.IsEmpty)
            {
                await response.Body.WriteAsync(text, cancellationToken);
                await response.Body.FlushAsync(cancellationToken);
                written = clock.GetTimestamp();
            }
            else if (rows.IsEmpty)
            {
                await store.WaitForEvents(cluster, after, silence, cancellationToken);
            }
        }
    }

    private ReadOnlyMemory<byte> Format(ImmutableArray<EventRow> rows)
    {
        var buffer = new ArrayBufferWriter<byte>();
        foreach (var (sequence, draft) in rows.Where(row => job is null || row.Event.Job == job))
        {
            Encoding.UTF8.GetBytes($"id: {sequence}\nevent: {draft.Type}\ndata: ", buffer);
            buffer.Write(JsonSerializer.SerializeToUtf8Bytes(ToEvent(sequence, draft), ClusterJson.Options));
            Encoding.UTF8.GetBytes("\n\n", buffer);
        }

        return buffer.WrittenMemory;
    }

    private static ClusterEvent ToEvent(long sequence, EventDraft draft) => new()
    {
        Sequence = sequence,
        Time = draft.Time,
        Type = draft.Type,
        Subject = draft.Subject,
        Job = draft.Job,
        Data = JsonElement.Parse(draft.Json),
    };
}
