using System.Collections.Immutable;

namespace OrleansCluster.Grains.Tasks;

/// <summary>
/// What each message makes of a task: pure, so that repeats and re-ordering can be tested. Each answers with the record it was given where
/// nothing changes. (attempt, state) only grows.
/// </summary>
internal static class TaskTransitions
{
    private const int EarlierAttemptsKept = 20;

    public static TaskRecord Start(TaskStart start, DateTimeOffset now) => new()
    {
        Start = start,
        Attempt = 1,
        State = TaskState.Provisioning,
        CreatedAt = now,
        QueuedAt = now,
    };

    public static TaskRecord Place(TaskRecord task, int attempt, string node, DateTimeOffset now) =>
        task.Attempt != attempt || task.State != TaskState.Provisioning || task.Desired == DesiredStatus.Stopped
            ? task
            : task with { State = TaskState.Pending, Node = node, PlacedAt = now };

    public static TaskRecord Observe(TaskRecord task, TaskObservation seen, DateTimeOffset now)
    {
        if (seen.Attempt != task.Attempt || task.State == TaskState.Stopped || seen.Run < task.Run)
            return task;
        if (HasLostItsContainers(task, seen))
            return End(task, StopCode.AgentStopped, $"Node {seen.Node} has no trace of the containers that ran there.", now);
        if (!IsNews(task, seen))
            return task;
        var state = seen.State > task.State ? seen.State : task.State;
        var merged = task with
        {
            State = state,
            Node = task.Node ?? seen.Node,
            Run = seen.Run,
            Containers = seen.Containers.IsEmpty ? task.Containers : seen.Containers,
            PlacedAt = task.PlacedAt ?? now,
            StartedAt = task.StartedAt ?? (state >= TaskState.Running ? StartOf(seen.Containers) ?? (state == TaskState.Running ? now : null) : null),
        };
        return state == TaskState.Stopped ? End(merged, seen.StopCode ?? StopCode.EssentialContainerExited, seen.Reason, now) : merged;
    }

    /// <summary>The node is gone, and the attempt with it.</summary>
    public static TaskRecord LoseNode(TaskRecord task, string node, int attempt, DateTimeOffset now) =>
        task.Attempt != attempt || task.State == TaskState.Stopped
            ? task
            : End(task with { Node = node }, StopCode.NodeLost, $"Node {node} was lost.", now);

    public static TaskRecord Stop(TaskRecord task, StopCode code, string reason, DateTimeOffset now)
    {
        if (task.State == TaskState.Stopped || task.Desired == DesiredStatus.Stopped)
            return task;
        var stopping = task with { Desired = DesiredStatus.Stopped, StopCode = code, Reason = reason };

        // Without a node nobody else has to act. A claim that is being committed at this moment is given back when its agent asks.
        return task.State == TaskState.Provisioning ? stopping with { State = TaskState.Stopped, StoppedAt = now } : stopping;
    }

    public static bool Succeeded(TaskRecord task) =>
        task is { State: TaskState.Stopped, StopCode: StopCode.EssentialContainerExited }
        && task.Start.Essential.All(name => task.Containers.Any(c => c.Name == name && c.ExitCode == 0));

    /// <summary>
    /// Ends the attempt; where that was the system's own doing and the task is still wanted, the next attempt begins. It keeps its place in the
    /// queue: what was running goes before what has not begun.
    /// </summary>
    private static TaskRecord End(TaskRecord task, StopCode code, string? reason, DateTimeOffset now)
    {
        if (task.Desired == DesiredStatus.Running && code is StopCode.NodeLost or StopCode.AgentStopped)
            return NextAttempt(task, code, reason, now);
        return task with
        {
            State = TaskState.Stopped,
            Desired = DesiredStatus.Stopped,
            StopCode = task.StopCode ?? code,
            Reason = task.Reason ?? reason,
            StoppedAt = now,
        };
    }

    private static TaskRecord NextAttempt(TaskRecord task, StopCode code, string? reason, DateTimeOffset now)
    {
        var ended = new AttemptView { Attempt = task.Attempt, Node = task.Node, StopCode = code, Reason = reason, StoppedAt = now };
        var kept = task.EarlierAttempts.Length < EarlierAttemptsKept ? task.EarlierAttempts : task.EarlierAttempts.RemoveAt(0);
        return task with
        {
            Attempt = task.Attempt + 1,
            State = TaskState.Provisioning,
            Node = null,
            Run = 0,
            StopCode = null,
            Reason = null,
            Containers = [],
            PlacedAt = null,
            StartedAt = null,
            EarlierAttempts = kept.Add(ended),
        };
    }

    /// <summary>
    /// A new agent wants to start what an earlier one was allowed to start: that one may have started it without anybody hearing of it before the host
    /// lost its power, and starting it anew would run the attempt twice. An agent knows what it has started itself, in whatever session. What is merely late
    /// comes from the same agent or an earlier one.
    /// </summary>
    private static bool HasLostItsContainers(TaskRecord task, TaskObservation seen) =>
        task.State >= TaskState.Activating
        && seen.State == TaskState.Activating
        && seen.Run > task.Run
        && seen.Containers.All(c => c.Status == ContainerStatus.Pending);

    /// <summary>Full reconciles repeat what is known; only a later state or other containers are worth a write.</summary>
    private static bool IsNews(TaskRecord task, TaskObservation seen) =>
        seen.State > task.State
        || (seen.State == task.State && !seen.Containers.IsEmpty && !seen.Containers.SequenceEqual(task.Containers));

    private static DateTimeOffset? StartOf(ImmutableArray<ContainerState> containers) => containers.Select(c => c.StartedAt).Min();
}
