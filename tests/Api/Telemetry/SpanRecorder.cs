using System.Collections.Concurrent;
using System.Diagnostics;

namespace OrleansCluster.Tests.Api.Telemetry;

/// <summary>Samples everything of this project's source, and of Orleans's, which carries traces from grain to grain there.</summary>
internal sealed class SpanRecorder : IDisposable
{
    private readonly ConcurrentQueue<Activity> _ended = [];
    private readonly ActivityListener _listener;

    public SpanRecorder()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "OrleansCluster" or "Microsoft.Orleans.Runtime",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _ended.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>This project's spans of one job, whatever their trace.</summary>
    public List<Activity> Of(string jobId) => [.. _ended.Where(span => span.Source.Name == "OrleansCluster" && Owner(span)?.StartsWith(jobId, StringComparison.Ordinal) == true)];

    public List<Activity> In(ActivityTraceId trace) => [.. _ended.Where(span => span.TraceId == trace)];

    public void Dispose() => _listener.Dispose();

    private static string? Owner(Activity span) => (span.GetTagItem("ocs.job") ?? span.GetTagItem("ocs.task")) as string;
}
