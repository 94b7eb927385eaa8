namespace OrleansCluster.Silo.Agent.Supervision;

/// <summary>The decision that a task attempt ends, and why.</summary>
/// <param name="Code"><see langword="null"/> where the manager asked for it and knows its own reason.</param>
/// <param name="AtOnce">All containers together and without their own stop timeouts: the right to run them is gone.</param>
internal sealed record TaskEnd(StopCode? Code, string? Reason, bool AtOnce)
{
    public static TaskEnd Asked { get; } = new(null, null, AtOnce: false);

    /// <summary>The claim is gone: whatever still runs has no place here.</summary>
    public static TaskEnd Unclaimed { get; } = new(null, null, AtOnce: true);

    public static TaskEnd Fenced { get; } = new(StopCode.AgentStopped, "The agent could not renew its lease and stopped the task's containers", AtOnce: true);

    public static TaskEnd TimedOut(string reason) => new(StopCode.TimedOut, reason, AtOnce: false);

    public static TaskEnd FailedToStart(string reason) => new(StopCode.TaskFailedToStart, reason, AtOnce: false);
}
