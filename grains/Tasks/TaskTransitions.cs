using System.Collections.Immutable;
using StableHash = OrleansCluster.Grains.Scheduling.StableHash;

namespace OrleansCluster.Grains.Tasks;

/// <summary>
/// What each message makes of a task: pure, so that repeats and re-ordering can be tested. Each answers with the record it was given where
/// nothing changes. (attempt, state) only grows.
/// </summary>
internal static class TaskTransitions
{
    private const int EarlierAttemptsKept = 20;

    /// <summary>
    /// The states that an attempt has come to by one step, the last of them its record's own: an agent that asks for its task has placed it, and what has
    /// started and ended at once has run.
    /// </summary>
    public static IEnumerable<TaskState> Reached(TaskRecord before, TaskRecord after)
    {
        if (after.Attempt == before.Attempt)
        {
            if (before.PlacedAt is null && after is { PlacedAt: not null, State: > TaskState.Pending })
                yield return TaskState.Pending;
            if (before.StartedAt is null && after is { StartedAt: not null, State: > TaskState.Running })
                yield return TaskState.Running;
        }

        if (after.Attempt != before.Attempt || after.State != before.State)
            yield return after.State;
    }

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
        if (seen.Attempt != task.Attempt || task.State == TaskState.Stopped || seen.Run.Number < task.Run.Number)
            return task;
        if (HasLostItsContainers(task, seen))
            return End(task, StopCode.AgentStopped, $"Node {seen.Node} has no trace of the containers that ran there.", now);
        seen = TaskHealth.Settle(task, seen);
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
        return state == TaskState.Stopped ? End(merged, seen.StopCode, seen.Reason, now) : merged;
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

    /// <summary>It is taken out of service before it is stopped.</summary>
    public static TaskRecord Deactivate(TaskRecord task, int attempt) =>
        task.Attempt != attempt || task.State != TaskState.Running || !IsWanted(task, attempt) ? task : task with { State = TaskState.Deactivating };

    /// <summary>Its framework has dealt with its coming to a state; that only grows.</summary>
    public static TaskRecord Acknowledge(TaskRecord task, TaskState state) =>
        task.Start.OfFramework is null || state > task.State || state <= task.Acknowledged ? task : task with { Acknowledged = state };

    public static bool Succeeded(TaskRecord task) =>
        task is { State: TaskState.Stopped, StopCode: StopCode.EssentialContainerExited }
        && task.Start.Essential.All(name => task.Containers.Any(c => c.Name == name && c.ExitCode == 0));

    /// <summary>
    /// The attempt is to end, and the next one to take its place. One that has no node is not in anybody's way; but with its gang it goes on to the next attempt,
    /// and a claim that has been committed for it is given back when its agent asks.
    /// </summary>
    public static TaskRecord Evict(TaskRecord task, int attempt, StopCode code, string reason, DateTimeOffset now)
    {
        if (task.Attempt != attempt || task.State == TaskState.Stopped || task.Desired == DesiredStatus.Stopped || task.Eviction is not null)
            return task;
        if (task.State == TaskState.Provisioning)
            return code == StopCode.GangEnded ? NextAttempt(task, code, reason, now) : task;
        return task with { Eviction = new Eviction(code, reason) };
    }

    /// <summary>No node was found for the attempt within its time.</summary>
    public static TaskRecord GiveUpWaiting(TaskRecord task, int attempt, DateTimeOffset now) =>
        task.Attempt != attempt || task.State != TaskState.Provisioning || task.Desired == DesiredStatus.Stopped
            ? task
            : Stop(task, StopCode.TimedOut, $"No node was found for it within {task.Start.Rules?.QueueTimeout} s.", now);

    /// <summary>Whether the manager wants this attempt to go on.</summary>
    public static bool IsWanted(TaskRecord task, int attempt) => task is { Desired: DesiredStatus.Running, Eviction: null } && task.Attempt == attempt;

    /// <summary>
    /// Ends the attempt. Where the task is still wanted the next one begins: after the system's own doing at once, keeping its place in the queue, since what was
    /// running goes before what has not begun; after a failure where the task's rules say so.
    /// </summary>
    private static TaskRecord End(TaskRecord task, StopCode? observed, string? reason, DateTimeOffset now)
    {
        var code = observed ?? task.Eviction?.Code ?? StopCode.EssentialContainerExited;
        if (task.Desired == DesiredStatus.Running && IsTheSystems(code) && task.Start.OfFramework is null)
            return NextAttempt(task, code, reason ?? task.Eviction?.Reason, now);
        var ended = task with
        {
            State = TaskState.Stopped,
            Desired = DesiredStatus.Stopped,
            StopCode = task.StopCode ?? code,
            Reason = task.Reason ?? reason ?? (observed is null ? task.Eviction?.Reason : null),
            StoppedAt = now,
            Eviction = null,
        };
        if (task.Desired == DesiredStatus.Stopped || (Succeeded(ended) && !task.Start.IsOfService))
            return ended;
        if (task.Start.IsOfService)
            return Restart(task, code, reason, now);
        var failures = task.Failures + 1;
        if (task.Start.Rules?.Retry is not { } retry || !RetryPolicy.IsWorthRetrying(retry, failures, code, ExitCodes.Of(ended)))
            return ended with { Failures = failures };
        return NextAttempt(task, code, reason, now).After(now + RetryPolicy.WaitBefore(retry, failures, SeedOf(task))) with { Failures = failures };
    }

    /// <summary>A service's task goes on whatever it ended with: at once where it had run for a while, and after waits that double where it ends again and again.</summary>
    private static TaskRecord Restart(TaskRecord task, StopCode code, string? reason, DateTimeOffset now)
    {
        var shortRuns = ServiceRestarts.HasHeld(task.StartedAt, now) ? 0 : task.ShortRuns + 1;
        var next = NextAttempt(task, code, reason, now) with { Failures = task.Failures + 1, ShortRuns = shortRuns };
        return ServiceRestarts.WaitAfter(shortRuns, SeedOf(task)) is var wait && wait > TimeSpan.Zero ? next.After(now + wait) : next;
    }

    private static TaskRecord After(this TaskRecord task, DateTimeOffset moment) => task with { NotBefore = moment, QueuedAt = moment };

    private static ulong SeedOf(TaskRecord task) => StableHash.Of(TaskId.Of(task.Start.JobId, task.Start.Name, task.Start.Index));

    private static bool IsTheSystems(StopCode code) =>
        code is StopCode.NodeLost or StopCode.AgentStopped or StopCode.Preempted or StopCode.NodeDraining or StopCode.GangEnded;

    private static TaskRecord NextAttempt(TaskRecord task, StopCode code, string? reason, DateTimeOffset now)
    {
        var ended = new AttemptView
        {
            Attempt = task.Attempt,
            Node = task.Node,
            StopCode = code,
            Reason = reason,
            StoppedAt = now,
            ExitCode = code == StopCode.EssentialContainerExited ? ExitCodes.Of(task) : null,
        };
        var kept = task.EarlierAttempts.Length < EarlierAttemptsKept ? task.EarlierAttempts : task.EarlierAttempts.RemoveAt(0);
        return task with
        {
            Attempt = task.Attempt + 1,
            State = TaskState.Provisioning,
            Node = null,
            Run = default,
            StopCode = null,
            Reason = null,
            Containers = [],
            PlacedAt = null,
            StartedAt = null,
            NotBefore = null,
            Eviction = null,
            EarlierAttempts = kept.Add(ended),
        };
    }

    /// <summary>
    /// A later agent wants to start what ran under an earlier one, and on a host that was started anew since also what an earlier one was only allowed to
    /// start: it may have started it without anybody hearing of it. Its containers are gone, and starting them anew would run the attempt twice.
    /// </summary>
    private static bool HasLostItsContainers(TaskRecord task, TaskObservation seen) =>
        seen.State == TaskState.Activating
        && seen.Containers.All(c => c.Status == ContainerStatus.Pending)
        && ((task.State >= TaskState.Running && seen.Run.Number > task.Run.Number)
            || (task.State >= TaskState.Activating && seen.Run.Incarnation > task.Run.Incarnation));

    /// <summary>Full reconciles repeat what is known; only a later state or other containers are worth a write.</summary>
    private static bool IsNews(TaskRecord task, TaskObservation seen) =>
        seen.State > task.State
        || (seen.State == task.State && !seen.Containers.IsEmpty && !ContainerStates.AreAlike(seen.Containers, task.Containers));

    private static DateTimeOffset? StartOf(ImmutableArray<ContainerState> containers) => containers.Select(c => c.StartedAt).Min();
}
