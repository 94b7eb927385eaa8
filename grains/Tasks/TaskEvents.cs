using System.Collections.Immutable;
using System.Text.Json;
using OrleansCluster.Grains.Storage;

namespace OrleansCluster.Grains.Tasks;

/// <summary>What is told of a task when its record changes.</summary>
internal static class TaskEvents
{
    private static readonly ImmutableArray<string> _types = [.. Enum.GetValues<TaskState>().Select(state => $"task.{state.ToString().ToLowerInvariant()}")];

    public static EventDraft Of(TaskRecord task, string taskId, DateTimeOffset now) => Of(task.State, task, task, taskId, now);

    /// <summary>One for each state that the task has come to, also where a single step takes it through several.</summary>
    public static ImmutableArray<EventDraft> Of(TaskRecord before, TaskRecord after, string taskId, DateTimeOffset now)
    {
        var events = ImmutableArray.CreateBuilder<EventDraft>();
        foreach (var container in TaskHealth.Changed(before, after))
            events.Add(OfHealth(after, container, taskId, now));
        if (TaskHealth.IsAllThatChanged(before, after))
            return events.DrainToImmutable();
        foreach (var state in TaskTransitions.Reached(before, after))
        {
            if (state != after.State)
                events.Add(Of(state, after, before, taskId, now));
        }

        events.Add(Of(after, taskId, now));
        return events.DrainToImmutable();
    }

    /// <summary>None where a checkpoint was only asked for.</summary>
    public static ImmutableArray<EventDraft> OfCheckpoints(TaskRecord before, TaskRecord after, string taskId, DateTimeOffset now)
    {
        if (after.Checkpoints is { Kept: [.., var taken] } known && taken.Number > (before.Checkpoints?.Newest ?? 0))
            return [Draft("task.checkpointed", after, new { taken.Attempt, taken.Number, taken.Size, taken.Node }, taskId, now)];
        return after.Checkpoints?.Failure is { } reason && reason != before.Checkpoints?.Failure
            ? [Draft("task.checkpoint-failed", after, new { after.Attempt, after.Node, Reason = reason }, taskId, now)]
            : [];
    }

    private static EventDraft OfHealth(TaskRecord task, ContainerState container, string taskId, DateTimeOffset now)
    {
        var (status, _, reason) = container.Health!;
        return Draft("task.health", task, new { task.Attempt, task.Node, Container = container.Name, Health = status, Task = task.Health, Reason = reason }, taskId, now);
    }

    /// <param name="stop">Says what the task was wanted for in that state.</param>
    private static EventDraft Of(TaskState state, TaskRecord task, TaskRecord stop, string taskId, DateTimeOffset now)
    {
        var details = new { task.Attempt, State = state, stop.Desired, task.Node, stop.StopCode, stop.Reason };
        return Draft(_types[(int)state], task, details, taskId, now);
    }

    private static EventDraft Draft(string type, TaskRecord task, object details, string taskId, DateTimeOffset now) =>
        new(now, type, taskId, TaskOwner.ParentOf(task.Start), JsonSerializer.Serialize(details, ClusterJson.Options));
}
