using OrleansCluster.Cli.Hosting;
using OrleansCluster.Cli.Output;

namespace OrleansCluster.Cli.Tasks;

internal static class TaskDisplay
{
    public static void Write(Invocation call, TaskView task)
    {
        if (call.IsJson)
        {
            call.Json.Write(task);
            return;
        }

        WriteDetails(call, task);
        WriteContainers(call, task);
        WriteAttempts(call, task);
    }

    private static void WriteDetails(Invocation call, TaskView task) => new Details()
        .Add("Task", task.Id)
        .Add("State", Words.Cell(task))
        .Add("Health", TaskText.Health(task))
        .Add("Wanted", task.State == TaskState.Stopped ? null : Words.Of(task.DesiredStatus))
        .Add("Note", TaskText.Note(task))
        .Add("Definition", task.Definition)
        .Add("Node", task.Node)
        .Add("Attempt", TaskText.Attempt(task))
        .Add("Limits", TaskText.Limits(task.Rules))
        .Add("Not before", task.NotBefore is { } moment ? ShortTime.Exact(moment) : null)
        .Add("Claims", Amounts.All(task.Resources) + Extras.Wanted(task.Extras))
        .Add("Ports", task.Ports.IsDefaultOrEmpty ? null : string.Join(", ", task.Ports.Select(port => $"{port.Port}/{Words.Of(port.Protocol)}")))
        .Add("Reached at", string.Join(", ", task.Containers.SelectMany(container => container.Ports).Select(TaskText.Reached)))
        .Add("Group", task.Group)
        .Add("Gang", task.Gang ? $"all {task.Count} of {task.Name} start together" : null)
        .Add("Constraints", string.Join(" and ", task.PlacementConstraints))
        .Add("Strategy", string.Join(", then ", task.PlacementStrategy))
        .Add("Checkpoint", TaskText.Checkpoint(task, call.Now))
        .Add("Created", ShortTime.Exact(task.CreatedAt))
        .Add("Started", task.StartedAt is { } started ? ShortTime.Exact(started) : null)
        .Add("Stopped", task.StoppedAt is { } stopped ? ShortTime.Exact(stopped) : null)
        .Add("Took", ShortTime.Span(task.StartedAt, task.StoppedAt, call.Now))
        .WriteTo(call.Console);

    private static void WriteContainers(Invocation call, TaskView task)
    {
        if (task.Containers.IsDefaultOrEmpty) return;
        call.Host.Out.WriteLine();
        var grid = new Grid("CONTAINER", "STATUS", "HEALTH", "EXIT", "STARTED", "TOOK", "REASON");
        foreach (var container in task.Containers)
        {
            grid.Add(
                container.Name, Words.Of(container.Status), Words.Cell(container.Health?.Status), container.ExitCode?.ToString() ?? "-", ShortTime.Ago(container.StartedAt, call.Now),
                ShortTime.Span(container.StartedAt, container.EndedAt, call.Now), TaskText.Reason(container, call.Now));
        }

        grid.WriteTo(call.Console);
    }

    private static void WriteAttempts(Invocation call, TaskView task)
    {
        if (task.EarlierAttempts.IsDefaultOrEmpty) return;
        call.Host.Out.WriteLine();
        var grid = new Grid("ATTEMPT", "NODE", "EXIT", "STOPPED", "REASON");
        foreach (var attempt in task.EarlierAttempts)
        {
            grid.Add(
                attempt.Attempt, attempt.Node ?? "-", attempt.ExitCode?.ToString() ?? "-", ShortTime.Ago(attempt.StoppedAt, call.Now),
                $"{attempt.StopCode} {attempt.Reason}".TrimEnd());
        }

        grid.WriteTo(call.Console);
    }
}
