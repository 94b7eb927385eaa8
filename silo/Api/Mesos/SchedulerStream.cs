using System.Text.Json.Nodes;

namespace OrleansCluster.Silo.Api.Mesos;

/// <summary>Tells one scheduler what is new, until its stream ends or it goes: a translation of what its grain tells, and heartbeats.</summary>
internal sealed partial class SchedulerStream(IFrameworkGrain grain, string stream, MesosEvents events, JsonObject master, TimeProvider clock, ILogger logger)
{
    /// <summary>Mesos's is 15 s; there are clients that take ten of silence for the end.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(5);

    public async Task Write(HttpResponse response, CancellationToken cancellationToken)
    {
        var records = new RecordWriter(response);
        await records.Write(events.Subscribed(Heartbeat, master), cancellationToken);
        try
        {
            await Follow(records, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // An answer that ends is what every client takes for a reason to subscribe again; one that breaks off is not.
            LogBroken(logger, exception, stream);
        }
    }

    private async Task Follow(RecordWriter records, CancellationToken cancellationToken)
    {
        var (after, beat) = (0L, clock.GetTimestamp());
        while (true)
        {
            var left = Heartbeat - clock.GetElapsedTime(beat);
            var news = await grain.Next(stream, after, left > TimeSpan.Zero ? left : TimeSpan.Zero, cancellationToken);
            foreach (var happened in news.Events)
            {
                foreach (var record in events.Translate(happened))
                    await records.Write(record, cancellationToken);
                after = happened.Sequence;
            }

            if (!news.IsOpen)
            {
                await Leave(records, cancellationToken);
                return;
            }

            if (clock.GetElapsedTime(beat) >= Heartbeat)
            {
                await records.Write(MesosEvents.Heartbeat, cancellationToken);
                beat = clock.GetTimestamp();
            }
        }
    }

    /// <summary>Who has been followed is told so, lest it subscribes again and the two take turns for ever. Otherwise the end says enough.</summary>
    private async Task Leave(RecordWriter records, CancellationToken cancellationToken)
    {
        if (await grain.Get() is { Status: not FrameworkStatus.Removing } && !await grain.IsItsStream(stream))
            await records.Write(MesosEvents.Error("Framework failed over"), cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Stream {Stream} of a framework ends: what is new cannot be asked for")]
    private static partial void LogBroken(ILogger logger, Exception exception, string stream);
}
