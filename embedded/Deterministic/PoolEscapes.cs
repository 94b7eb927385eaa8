using System.Diagnostics;
using System.Diagnostics.Tracing;

namespace OrleansCluster.Embedded.Deterministic;

/// <summary>
/// Hears of work that a watched thread queues to the thread pool. The event is raised on that thread, so the stack names the line.
/// One listener serves the process and stays: while one goes the pool stops reporting for a moment, to the others too.
/// </summary>
internal sealed class PoolEscapes : EventListener
{
    private const string Source = "System.Diagnostics.Eventing.FrameworkEventSource";
    private const EventKeywords ThreadPoolKeyword = (EventKeywords)0x2;
    private static readonly Lazy<PoolEscapes> Listener = new(Listen);
    [ThreadStatic]
    private static SeededScheduler? _watched;

    /// <summary>The calling thread's scheduler that is told; null to stop.</summary>
    internal static void Watch(SeededScheduler? scheduler)
    {
        _ = Listener.Value;
        _watched = scheduler;
    }

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == Source) EnableEvents(eventSource, EventLevel.Verbose, ThreadPoolKeyword);
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (_watched is not { } scheduler || eventData.EventName?.StartsWith("ThreadPoolEnqueue", StringComparison.Ordinal) != true) return;

        if (!IsOfContainer())
            scheduler.ReportEscape();
    }

    /// <summary>
    /// The container compiles its resolvers in the background; that touches nobody's order. It is known by the first caller that is not the runtime itself:
    /// which of its methods stand in the stack changes with what the compiler inlines.
    /// </summary>
    private static bool IsOfContainer() =>
        new StackTrace().GetFrames()
            .Select(frame => frame.GetMethod()?.DeclaringType)
            .Where(type => type is not null && type != typeof(PoolEscapes) && type.Assembly != typeof(object).Assembly)
            .Select(type => type!.Assembly.GetName().Name)
            .FirstOrDefault()?.StartsWith("Microsoft.Extensions.DependencyInjection", StringComparison.Ordinal) == true;

    private static PoolEscapes Listen()
    {
        var listener = new PoolEscapes();

        // The pool looks whether anybody listens only when it runs something.
        using var looked = new ManualResetEventSlim();
        ThreadPool.UnsafeQueueUserWorkItem(static done => done.Set(), looked, preferLocal: false);
        looked.Wait();
        return listener;
    }
}
