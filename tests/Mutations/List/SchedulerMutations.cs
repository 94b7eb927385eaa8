using System.Collections.Immutable;

namespace OrleansCluster.Mutations.List;

/// <summary>What waits for a node, and that it is not forgotten.</summary>
internal static class SchedulerMutations
{
    private const string Scheduler = "grains/Scheduling/BatchSchedulerGrain.cs";
    private const string Preemption = "grains/Resources/Preemption/PreemptionRules.cs";
    private const string Job = "grains/Tasks/Jobs/JobGrain.cs";
    private const string Gangs = "grains/Scheduling/BatchSchedulerGrain.Gangs.cs";
    private const string JobGangs = "grains/Tasks/Jobs/JobGrain.Gangs.cs";

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
        new(
            "gang-committed-claim-by-claim",
            "The claims of a gang are committed as those of other tasks are, and another scheduler is in the way of some.",
            1000,
            new Edit.OfExpression(Gangs, "ToTransaction([.. Enumerable.Range(i, end - i).Select(ToClaim)], CommitMode.AllOrNothing)", "ToTransaction([.. Enumerable.Range(i, end - i).Select(ToClaim)], CommitMode.Incremental)")),
        new(
            "gang-not-ended",
            "When an instance of a gang begins anew, the others go on.",
            300,
            new Edit.OfStatements(JobGangs, "await Tell(task, (gang.Attempt, \"end\"), gang.Behind, each => EndAttempt(each, gang.Attempt));", "return;")),
        new(
            "gang-failure-ignored",
            "When an instance of a gang has failed for good, the others go on.",
            300,
            new Edit.OfStatements(JobGangs, "await Tell(task, (gang.Attempt, \"stop\"), gang.Left, each => StopWith(failed, each));", "return;")),
        new(
            "gang-member-goes-alone",
            "An instance of a gang is queued for its next attempt by itself, and placed.",
            300,
            new Edit.OfExpression("grains/Tasks/TaskGrain.cs", "next.Attempt != before.Attempt && !next.Start.Gang", "next.Attempt != before.Attempt"),
            new Edit.OfExpression("grains/Scheduling/QueuedGang.cs", "requests.Length != first.GangSize", "false"),
            new Edit.OfExpression("grains/Placement/Gangs/GangPlacement.cs", "members.Length != members[0].GangSize", "false")),
    ];
}
