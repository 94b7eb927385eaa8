using System.Collections.Immutable;

namespace OrleansCluster.Mutations.List;

/// <summary>What waits for a node, and that it is not forgotten.</summary>
internal static class SchedulerMutations
{
    private const string Scheduler = "grains/Scheduling/BatchSchedulerGrain.cs";
    private const string Preemption = "grains/Resources/Preemption/PreemptionRules.cs";
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
        new(
            "preempts-its-own-band",
            "A task has to leave for one of its own band, so production for production.",
            300,
            new Edit.OfExpression(Preemption, "PriorityBands.Of(claim.Priority) < PriorityBands.Of(priority)", "PriorityBands.Of(claim.Priority) <= PriorityBands.Of(priority)"),
            new Edit.OfExpression("grains/Resources/Preemption/PreemptionPlanner.cs", "entry.ClaimedBelow(below)", "entry.Row.Claimed")),
    ];
}
