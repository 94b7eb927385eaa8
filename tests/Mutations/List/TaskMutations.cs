using System.Collections.Immutable;

namespace OrleansCluster.Mutations.List;

/// <summary>What becomes of a task by reports, losses and stops.</summary>
internal static class TaskMutations
{
    private const string Transitions = "grains/Tasks/TaskTransitions.cs";
    private const string Job = "grains/Tasks/Jobs/JobGrain.cs";
    private const string Task = "grains/Tasks/TaskGrain.cs";
    private const string Retry = "grains/Tasks/RetryPolicy.cs";
    private const string Starter = "grains/Tasks/Jobs/TaskStarter.cs";

    public static ImmutableArray<Mutation> All { get; } =
    [
        new(
            "late-report-believed",
            "A task takes the state of a report though it knows of a later one.",
            300,
            new Edit.OfExpression(Transitions, "seen.State > task.State ? seen.State : task.State", "seen.State"),
            new Edit.OfExpression(
                Transitions,
                "(seen.State == task.State && !seen.Containers.IsEmpty && !ContainerStates.AreAlike(seen.Containers, task.Containers))",
                "seen.State != task.State")),
        new(
            "report-of-earlier-attempt-believed",
            "A report about an earlier attempt moves the one that is under way.",
            300,
            new Edit.OfExpression(Transitions, "seen.Attempt != task.Attempt", "false")),
        new(
            "report-of-earlier-agent-believed",
            "A task takes what an agent said before its silo ended for the word of the one after it, which has lost the containers.",
            1000,
            new Edit.OfExpression(Transitions, "seen.Run.Number < task.Run.Number", "false"),
            new Edit.OfExpression(Transitions, "seen.Run.Number > task.Run.Number", "seen.Run.Number != task.Run.Number")),
        new(
            "earlier-attempt-wanted",
            "The agent of an attempt that is over is told to go on with it.",
            300,
            new Edit.OfExpression(Transitions, "task is { Desired: DesiredStatus.Running, Eviction: null } && task.Attempt == attempt", "task is { Desired: DesiredStatus.Running }")),
        new(
            "retry-beyond-attempts",
            "A task is tried once more than its rules allow.",
            300,
            new Edit.OfExpression(Retry, "failures < retry.Attempts", "failures <= retry.Attempts")),
        new(
            "fail-on-ignored",
            "A task is tried again after an exit code that is to end it.",
            300,
            new Edit.OfExpression(Retry, "!retry.FailOn.Contains(exit)", "true")),
        new(
            "loss-counted-as-failure",
            "An attempt that was lost with its node uses up one of the task's own.",
            300,
            new Edit.OfExpression(
                Transitions,
                "NextAttempt(task, code, reason ?? task.Eviction?.Reason, now)",
                "NextAttempt(task with { Failures = task.Failures + 1 }, code, reason, now)")),
        new(
            "stopped-task-tried-again",
            "A task whose user has stopped it gets another attempt when its node is lost.",
            300,
            new Edit.OfExpression(Transitions, "task.Desired == DesiredStatus.Running", "true")),
        new(
            "lost-containers-started-again",
            "A host that has lost its power may start again what it had been allowed to start before.",
            300,
            new Edit.OfExpression(Transitions, "HasLostItsContainers(task, seen)", "false")),
        new(
            "claim-released-while-stopping",
            "A task's claim is given back while its containers are being stopped.",
            300,
            new Edit.OfExpression(Task, "observation.State == TaskState.Stopped", "observation.State >= TaskState.Stopping")),
        new(
            "failure-taken-for-success",
            "A task has succeeded whatever its essential containers' exit codes are.",
            300,
            new Edit.OfExpression(Transitions, "c.ExitCode == 0", "c.ExitCode is not null")),
        new(
            "started-under-ended-job",
            "Neither a task that starts nor its job notices that the job has ended meanwhile.",
            300,
            new Edit.OfExpression(Task, "!JobGrainState.IsRunning(job)", "false"),
            new Edit.OfExpression(Starter, "!JobGrainState.IsRunning(job)", "false"),
            new Edit.OfStatements(Job, "await StopStraggler(report);", "")),
        new(
            "task-not-caught-up",
            "A task's grain that has nothing to write answers without looking whether another activation has gone on.",
            1000,
            new Edit.OfExpression(Task, "ReferenceEquals(next, _task) && await CatchUp() && _task is not null", "false")),
    ];
}
