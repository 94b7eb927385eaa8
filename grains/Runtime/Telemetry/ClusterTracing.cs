using System.Diagnostics;

namespace OrleansCluster.Grains.Runtime.Telemetry;

/// <summary>
/// The spans of a job's trace. A job outlives processes, so nothing stays open for it: its record keeps the traceparent (W3C) under which it was
/// submitted, and every later span is begun under that, or told afterwards from the times that records keep anyway. What was not sampled has no
/// traceparent, and then nothing is made at all: ten thousand tasks cost ten thousand comparisons with null.
/// </summary>
public static class ClusterTracing
{
    public const string SourceName = "OrleansCluster";

    private static readonly ActivitySource _source = new(SourceName);

    /// <summary>What to keep of the span that is current; <see langword="null"/> where it is not sampled.</summary>
    public static string? CurrentTraceParent => Activity.Current is { Recorded: true, IdFormat: ActivityIdFormat.W3C } current ? current.Id : null;

    /// <summary>
    /// Begins a trace, or goes on with the caller's. Call it in an async method of its own, to whose end the span is current; dispose it there.
    /// </summary>
    public static Activity? StartRoot(string name)
    {
        // The web server makes an activity for every request. Where nobody has sampled it, a child of it would have a parent that no backend ever sees;
        // where a caller has sent one that is not sampled, that is the caller's word.
        if (_source.HasListeners() && Activity.Current is { Recorded: false, HasRemoteParent: false })
            Activity.Current = null;
        return _source.StartActivity(name, ActivityKind.Server);
    }

    /// <summary>A span that is current until it is disposed.</summary>
    public static Activity? Start(string name, string? traceParent) => Start(name, traceParent, default);

    /// <param name="since">When it began, where that is not now.</param>
    public static Activity? Start(string name, string? traceParent, DateTimeOffset since) =>
        traceParent is not null && ActivityContext.TryParse(traceParent, traceState: null, isRemote: true, out var parent)
            ? _source.StartActivity(name, ActivityKind.Internal, parent, tags: null, links: null, since)
            : null;

    /// <summary>A span that is over.</summary>
    public static void Tell(string name, string? traceParent, DateTimeOffset from, DateTimeOffset to, params ReadOnlySpan<(string Name, object? Value)> tags)
    {
        if (Start(name, traceParent, from) is not { } span)
            return;
        foreach (var (tag, value) in tags)
            span.SetTag(tag, value);

        // The clocks of two hosts may differ.
        span.SetEndTime((to < from ? from : to).UtcDateTime);
        span.Dispose();
    }
}
