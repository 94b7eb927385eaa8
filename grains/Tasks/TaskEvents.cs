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
        foreach (var state in TaskTransitions.Reached(before, after))
        {
            if (state != after.State)
                events.Add(Of(state, after, before, taskId, now));
        }

        events.Add(Of(after, taskId, now));
        return events.DrainToImmutable();
    }

    /// <param name="stop">Says what the task was wanted for in that state.</param>
    private static EventDraft Of(TaskState state, TaskRecord task, TaskRecord stop, string taskId, DateTimeOffset now)
    {
        var details = new { task.Attempt, State = state, stop.Desired, task.Node, stop.StopCode, stop.Reason };
        return new EventDraft(
            now,
            _types[(int)state],
            taskId,
            task.Start.JobId,
            JsonSerializer.Serialize(details, ClusterJson.Options));
    }
}
