using OrleansCluster.Grains.Runtime.Telemetry;

namespace OrleansCluster.Grains.Tasks;

/// <summary>
/// A task in its job's trace: a span for each phase of an attempt, told when the phase is over, from the record's own times. So a phase may span
/// a restart, and a repeated message tells nothing twice.
/// </summary>
internal static class TaskSpans
{
    public static void Tell(string taskId, TaskRecord before, TaskRecord after)
    {
        if (before.Start.TraceParent is not { } parent)
            return;
        if (before.PlacedAt is null && after.PlacedAt is { } placed)
            Tell("task.queued", after.QueuedAt, placed, after.Node);
        if (before.StartedAt is null && after.StartedAt is { } started)
            Tell("task.starting", after.PlacedAt ?? after.QueuedAt, started, after.Node);
        if (AttemptEnd.Of(before, after) is { } end)
            TellEnd(end);

        void Tell(string name, DateTimeOffset from, DateTimeOffset to, string? node) =>
            ClusterTracing.Tell(name, parent, from, to, ("ocs.task", taskId), ("ocs.attempt", before.Attempt), ("ocs.node", node));

        void TellEnd(AttemptEnd end) => ClusterTracing.Tell(
            end.StartedAt is null ? "task.never_ran" : "task.running",
            parent,
            end.StartedAt ?? before.QueuedAt,
            end.At,
            ("ocs.task", taskId),
            ("ocs.attempt", before.Attempt),
            ("ocs.node", end.Node),
            ("ocs.stop_code", end.StopCode.ToString()),
            ("ocs.succeeded", end.Succeeded));
    }
}
