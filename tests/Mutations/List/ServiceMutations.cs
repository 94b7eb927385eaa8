using System.Collections.Immutable;

namespace OrleansCluster.Mutations.List;

/// <summary>What a service starts and stops.</summary>
internal static class ServiceMutations
{
    private const string Reconciler = "grains/Services/ServiceReconciler.cs";

    public static ImmutableArray<Mutation> All { get; } =
    [
        new(
            "minimum-ignored",
            "A service stops healthy tasks though fewer than its minimum are left.",
            300,
            new Edit.OfExpression(Reconciler, "isHealthy && _healthy - 1 < limits.Minimum", "false")),
        new(
            "maximum-ignored",
            "A service starts more tasks than its maximum.",
            300,
            new Edit.OfExpression(Reconciler, "Math.Clamp(limits.Maximum - _instances.Count, 0, inOrder.Count)", "inOrder.Count")),
        new(
            "replaced-too-soon",
            "A service stops tasks before what replaces them is healthy.",
            300,
            new Edit.OfExpression(Reconciler, "(wanted is not null && sight.IsHealthy(wanted))", "wanted is not null")),
        new(
            "service-forgets",
            "A service forgets a task that it has told to stop, before it has stopped.",
            300,
            new Edit.OfExpression("grains/Services/ServiceSight.cs", "Find(instance)?.State == TaskState.Stopped", "Find(instance) is { State: TaskState.Stopped } or { IsLeaving: true }")),
        new(
            "number-used-again",
            "After a service was deleted, the next of its name begins with the numbers of its tasks.",
            600,
            new Edit.OfExpression("grains/Services/ServiceGrain.cs", "next is null ? record!.Issued : 0", "0")),
        new(
            "services-not-woken",
            "After a crash nobody wakes the services.",
            600,
            new Edit.OfExpression("grains/Tasks/Jobs/RecoveryGrain.cs", "grains.GetGrain<IServiceGrain>(GrainKeys.Service(Cluster, name)).Ensure()", "Task.CompletedTask")),
    ];
}
