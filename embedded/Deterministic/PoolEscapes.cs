using System.Diagnostics.Tracing;

namespace OrleansCluster.Embedded.Deterministic;

/// <summary>Hears of work that the watched thread queues to the thread pool. The event is raised on that thread, so the stack names the line.</summary>
internal sealed class PoolEscapes : EventListener
{
    private const string Source = "System.Diagnostics.Eventing.FrameworkEventSource";
    private const EventKeywords ThreadPoolKeyword = (EventKeywords)0x2;
    [ThreadStatic]
    private static SeededScheduler? _watched;

    private readonly SeededScheduler? _outer = _watched;

    private PoolEscapes(SeededScheduler scheduler) => _watched = scheduler;

    internal static PoolEscapes Watch(SeededScheduler scheduler)
    {
        var listener = new PoolEscapes(scheduler);

        // The pool looks only now and then whether anybody listens: when it runs something. Queued from elsewhere, or this would be heard too.
        using var looked = new ManualResetEventSlim();
        using (ExecutionContext.SuppressFlow())
            new Thread(() => ThreadPool.UnsafeQueueUserWorkItem(static done => done.Set(), looked, preferLocal: false)).Start();
        looked.Wait();
        return listener;
    }

    public override void Dispose()
    {
        _watched = _outer;
        base.Dispose();
    }

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == Source) EnableEvents(eventSource, EventLevel.Verbose, ThreadPoolKeyword);
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (_watched is not { } scheduler || eventData.EventName?.StartsWith("ThreadPoolEnqueue", StringComparison.Ordinal) != true) return;

        // The container compiles its resolvers in the background; that touches nobody's order.
        if (!Environment.StackTrace.Contains("Microsoft.Extensions.DependencyInjection.ServiceLookup", StringComparison.Ordinal))
            scheduler.ReportEscape();
    }
}
