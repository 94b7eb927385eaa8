using System.Collections.Immutable;
using OrleansCluster.Grains.Runtime.Telemetry;

namespace OrleansCluster.Grains.Scheduling;

/// <summary>
/// A round in the traces of the jobs that it placed tasks of: one span a job, however many of its tasks were in the batch, and none for a job that
/// is not traced. A span of the round's own, with links to the jobs, would be found from none of them.
/// </summary>
internal static class RoundSpans
{
    public static void Tell(ImmutableArray<PlacementRequest> batch, ImmutableArray<ClaimOutcome> outcomes, DateTimeOffset began, DateTimeOffset ended)
    {
        if (batch.All(r => r.TraceParent is null))
            return;
        var committed = outcomes.Where(o => o.IsCommitted).Select(o => o.TaskId).ToHashSet(StringComparer.Ordinal);
        foreach (var job in batch.Where(r => r.TraceParent is not null).GroupBy(r => r.TraceParent, StringComparer.Ordinal))
        {
            ClusterTracing.Tell(
                "scheduler.round", job.Key, began, ended, ("ocs.asked", job.Count()), ("ocs.placed", job.Count(r => committed.Contains(r.TaskId))));
        }
    }
}
