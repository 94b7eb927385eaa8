using System.Collections.Immutable;

namespace OrleansCluster.Mutations.List;

/// <summary>What a schedule starts, and when.</summary>
internal static class ScheduleMutations
{
    private const string Rules = "grains/Schedules/ScheduleRules.cs";

    public static ImmutableArray<Mutation> All { get; } =
    [
        new(
            "overlap-ignored",
            "A schedule starts a job while the one before lives, though it is to leave such starts out.",
            300,
            new Edit.OfExpression(Rules, "!live.IsEmpty", "false")),
        new(
            "moment-started-again",
            "A schedule does not go on to the next start after one.",
            300,
            new Edit.OfStatements(Rules, "next = next with { Due = NextOf(next, now) };", "next = next with { Due = due };")),
        new(
            "schedules-not-woken",
            "After a crash nobody wakes the schedules.",
            600,
            new Edit.OfExpression("grains/Tasks/Jobs/RecoveryGrain.cs", "grains.GetGrain<IScheduleGrain>(GrainKeys.Schedule(Cluster, name)).Ensure()", "Task.CompletedTask")),
    ];
}
