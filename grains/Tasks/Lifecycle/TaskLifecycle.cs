using System.Collections.Immutable;

namespace OrleansCluster.Grains.Tasks.Lifecycle;

/// <summary>
/// The life of one task attempt: every transition, and who owns it. The agent may skip states, because its reports are merged by
/// taking the greater; nobody may go back. Only the manager ends an attempt: the agent's last word is that the containers have ended
/// (DEPROVISIONING), and where there is no agent to say so (nothing placed yet, or the node lost) the manager ends it from any state. The next
/// attempt is a new life: STOPPED has no exit.
/// </summary>
internal static class TaskLifecycle
{
    public static ImmutableArray<Transition> Transitions { get; } =
    [
        // A claim is committed.
        new(TaskState.Provisioning, TaskState.Pending, TransitionOwner.Manager),

        new(TaskState.Pending, TaskState.Activating, TransitionOwner.Agent),
        new(TaskState.Pending, TaskState.Running, TransitionOwner.Agent),
        new(TaskState.Pending, TaskState.Stopping, TransitionOwner.Agent),
        new(TaskState.Pending, TaskState.Deprovisioning, TransitionOwner.Agent),

        new(TaskState.Activating, TaskState.Running, TransitionOwner.Agent),
        new(TaskState.Activating, TaskState.Stopping, TransitionOwner.Agent),
        new(TaskState.Activating, TaskState.Deprovisioning, TransitionOwner.Agent),

        // Taken out of service before it is stopped.
        new(TaskState.Running, TaskState.Deactivating, TransitionOwner.Manager),
        new(TaskState.Running, TaskState.Stopping, TransitionOwner.Agent),
        new(TaskState.Running, TaskState.Deprovisioning, TransitionOwner.Agent),

        new(TaskState.Deactivating, TaskState.Stopping, TransitionOwner.Agent),
        new(TaskState.Deactivating, TaskState.Deprovisioning, TransitionOwner.Agent),

        new(TaskState.Stopping, TaskState.Deprovisioning, TransitionOwner.Agent),

        // Stopped before it was placed, or its node was lost.
        new(TaskState.Provisioning, TaskState.Stopped, TransitionOwner.Manager),
        new(TaskState.Pending, TaskState.Stopped, TransitionOwner.Manager),
        new(TaskState.Activating, TaskState.Stopped, TransitionOwner.Manager),
        new(TaskState.Running, TaskState.Stopped, TransitionOwner.Manager),
        new(TaskState.Deactivating, TaskState.Stopped, TransitionOwner.Manager),
        new(TaskState.Stopping, TaskState.Stopped, TransitionOwner.Manager),

        // What it held is given back.
        new(TaskState.Deprovisioning, TaskState.Stopped, TransitionOwner.Manager),
    ];

    private static readonly ImmutableHashSet<Transition> _transitions = [.. Transitions];

    public static bool CanMove(TaskState from, TaskState to, TransitionOwner owner) => _transitions.Contains(new Transition(from, to, owner));

    /// <summary>
    /// The state after an agent's observation of the same attempt: the greater of the two, so that late, doubled and skipped reports do no
    /// harm. An agent that reports at all has a claim, so PROVISIONING is over. What is not the agent's to say counts as the last state
    /// before it that is: STOPPED as DEPROVISIONING (the manager goes on to STOPPED when it gives the claim back), DEACTIVATING as RUNNING.
    /// </summary>
    public static TaskState Merge(TaskState current, TaskState observed)
    {
        var said = observed switch
        {
            TaskState.Stopped => TaskState.Deprovisioning,
            TaskState.Deactivating => TaskState.Running,
            TaskState.Provisioning => TaskState.Pending,
            _ => observed,
        };
        return said > current ? said : current;
    }

    /// <summary>Whether (attempt, state) is later in a task's history than another: what reports about a task are merged by.</summary>
    public static bool IsLater((int Attempt, TaskState State) a, (int Attempt, TaskState State) b) =>
        a.Attempt > b.Attempt || (a.Attempt == b.Attempt && a.State > b.State);
}
