using System.Collections.Immutable;

namespace OrleansCluster.Mutations.List;

/// <summary>What waits for a node, and that it is not forgotten.</summary>
internal static class SchedulerMutations
{
    private const string Scheduler = "grains/Scheduling/BatchSchedulerGrain.cs";
    private const string Job = "grains/Tasks/Jobs/JobGrain.cs";

    public static ImmutableArray<Mutation> All { get; } =
    [
        new(
            "parked-for-ever",
            "What fitted nowhere once is never tried again.",
            300,
            new Edit.OfStatements(Scheduler, "_queue.Unpark();", "")),
        new(
            "queue-not-rebuilt",
            "A new scheduler does not look for what waits, and jobs do not tell it again.",
            300,
            new Edit.OfStatements(Scheduler, "await Rebuild(cancellationToken);", ""),
            new Edit.OfExpression(Job, "queued.Count > 0", "false")),
    ];
}
