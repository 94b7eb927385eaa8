using System.Globalization;

namespace OrleansCluster.Silo.Api.Endpoints;

/// <summary>Says in a sentence why a task is where it is.</summary>
internal static class TaskSentences
{
    public static TaskExplanation Explain(TaskView task, PlacementExplanation? placement) =>
        new() { TaskId = task.Id, State = task.State, Summary = placement?.Summary ?? Summary(task), Placement = placement };

    private static string Summary(TaskView task) => task.State switch
    {
        TaskState.Provisioning when task.DesiredStatus == DesiredStatus.Stopped => "It was stopped before it had a node.",
        TaskState.Provisioning when task.NotBefore is { } moment => string.Create(
            CultureInfo.InvariantCulture, $"It is tried again, with attempt {task.Attempt}, at {moment:HH:mm:ss} UTC; {Failures(task)}."),
        TaskState.Provisioning when task.Gang => $"It waits to be placed together with the others of its gang, in attempt {task.Attempt}; not all of them are ready for it yet.",
        TaskState.Provisioning => "It waits for a node; its scheduler has not looked at it yet.",
        TaskState.Pending => $"It has its resources on {task.Node}; the node's agent has not begun with it.",
        TaskState.Activating => $"Its containers are being created and started on {task.Node}.",
        > TaskState.Provisioning and < TaskState.Stopped when task.Evicted is { } code => $"Its attempt on {task.Node} is being stopped ({code}); the next one takes its place.",
        TaskState.Running when task.DesiredStatus == DesiredStatus.Stopped => $"It runs on {task.Node} and is about to be stopped.",
        TaskState.Running => $"It runs on {task.Node}.",
        TaskState.Stopped when task.Succeeded => $"It ran on {task.Node} and succeeded.",
        TaskState.Stopped => $"It has stopped{Cause(task)}",
        _ => $"It is being stopped on {task.Node}{Cause(task)}",
    };

    private static string Failures(TaskView task) => (task.Failures, task.EarlierAttempts) switch
    {
        (_, [.., { ExitCode: { } code }]) => $"{FailedOf(task)}, the last with exit code {code}",
        (_, [.., { StopCode: var code }]) => $"{FailedOf(task)}, the last by {code}",
        _ => "its attempts have failed",
    };

    /// <summary>A service's task has as many attempts as it takes.</summary>
    private static string FailedOf(TaskView task) => task.Rules?.Retry is { } retry ? $"{task.Failures} of {retry.Attempts} attempts have failed" : $"attempts failed so far: {task.Failures}";

    private static string Cause(TaskView task) => (task.StopCode, task.Reason) switch
    {
        (null, null) => ".",
        (null, var reason) => $": {reason}",
        (var code, null) => $" ({code}).",
        var (code, reason) => $" ({code}): {reason}",
    };
}
