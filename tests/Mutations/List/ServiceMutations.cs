using System.Collections.Immutable;

namespace OrleansCluster.Mutations.List;

/// <summary>What a service starts and stops, and who is sent requests.</summary>
internal static class ServiceMutations
{
    private const string Progress = "grains/Services/DeploymentProgress.cs";
    private const string Endpoints = "grains/Services/ServiceGrain.Endpoints.cs";
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
            "moved-too-soon",
            "A service that moves a task does not wait for the other to be healthy.",
            300,
            new Edit.OfExpression("grains/Services/Moves.cs", "instance.MovedFrom is { } from && !sight.IsHealthy(instance) && there.Any(other => other.Number == from && other.Stopping is null)", "false"),
            new Edit.OfExpression(Reconciler, "there.Where(instance => Satisfies(instance, slot)).MaxBy(instance => (sight.IsHealthy(instance), instance.Revision == Wanted(slot), instance.Number))", "there.Where(instance => Satisfies(instance, slot)).MaxBy(instance => instance.Number)"),
            new Edit.OfExpression(Reconciler, "(wanted is not null && sight.IsHealthy(wanted))", "wanted is not null")),
        new(
            "move-budget-ignored",
            "A service moves more tasks at a time than it may.",
            600,
            new Edit.OfExpression("grains/Services/Rebalancer.cs", "BudgetOf(record.Spec) - Moves.Count(record)", "BudgetOf(record.Spec) + record.Instances.Length")),
        new(
            "moved-anywhere",
            "A task that is moved goes wherever there is room.",
            600,
            new Edit.OfExpression("grain-interfaces/Scheduling/PlacementRequest.cs", "task is { FirstNode: { } node, Attempt: 1 } ? task.PlacementConstraints.Add(On(node)) : task.PlacementConstraints", "task.PlacementConstraints")),
        new(
            "hook-not-waited-for",
            "A deployment goes on as soon as its hooks have begun.",
            300,
            new Edit.OfExpression("grains/Services/HookProgress.cs", "Current(record).All(run => run.Status == HookStatus.Succeeded)", "true")),
        new(
            "hook-failure-ignored",
            "A deployment goes on when the job of a hook has failed.",
            300,
            new Edit.OfExpression("grains/Services/HookProgress.cs", "status == JobStatus.Succeeded", "status is JobStatus.Succeeded or JobStatus.Failed")),
        new(
            "services-not-woken",
            "After a crash nobody wakes the services.",
            600,
            new Edit.OfExpression("grains/Tasks/Jobs/RecoveryGrain.cs", "grains.GetGrain<IServiceGrain>(GrainKeys.Service(Cluster, name)).Ensure()", "Task.CompletedTask")),
        new(
            "only-what-was-complete-serves",
            "When a blue/green deployment begins, only what was completed last gets requests, and all else is stopped, though that may be what serves.",
            600,
            new Edit.OfStatements(Progress, "record = WithCompleted(record, before.Revision);", ""),
            new Edit.OfExpression(Progress, "record.Deployments.Any(deployment => deployment.Revision == revision && (deployment.HasSwitched || deployment.Strategy != DeploymentStrategy.BlueGreen))", "false")),
        new(
            "stopped-while-it-serves",
            "A task is told to stop as soon as it is in no list any more.",
            300,
            new Edit.OfExpression("grains/Services/Deregistration.cs", "since + TimeSpan.FromSeconds(spec.DeregistrationDelay ?? (task.IsPublished ? StandardDelay : 0))", "since")),
        new(
            "listed-until-it-stops",
            "Callers are sent to tasks that are to stop.",
            300,
            new Edit.OfExpression(
                "grains/Services/EndpointRules.cs",
                "instance.Stopping is null && tasks.GetValueOrDefault(instance.Number) is { State: TaskState.Running, IsLeaving: false, IsWell: true, IsPublished: true }",
                "tasks.GetValueOrDefault(instance.Number) is { State: TaskState.Running or TaskState.Deactivating, IsWell: true, IsPublished: true }")),
        new(
            "listed-before-it-has-looked",
            "A service that was just woken says that it has no tasks.",
            600,
            new Edit.OfExpression(Endpoints, "(_hasLooked || hasLooked) && _record is not null", "_record is not null")),
        new(
            "list-not-doubted",
            "An activation that has been followed lists what it knows of the tasks that the other one wants.",
            1500,
            new Edit.OfStatements(Endpoints, "_endpoints.Doubt();", ""),
            new Edit.OfStatements(Endpoints, "_hasLooked = false;", "")),
    ];
}
