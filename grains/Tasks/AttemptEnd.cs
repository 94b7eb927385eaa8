namespace OrleansCluster.Grains.Tasks;

/// <summary>The end of an attempt, as two records of its task tell it: the task may have stopped with it, or have begun the next one.</summary>
internal readonly record struct AttemptEnd(DateTimeOffset? StartedAt, DateTimeOffset At, StopCode StopCode, string? Node, bool Succeeded)
{
    /// <summary><see langword="null"/> where the step between them ended none.</summary>
    public static AttemptEnd? Of(TaskRecord before, TaskRecord after)
    {
        if (after.Attempt != before.Attempt)
        {
            var ended = after.EarlierAttempts[^1];
            return new AttemptEnd(before.StartedAt, ended.StoppedAt ?? after.QueuedAt, ended.StopCode, ended.Node, Succeeded: false);
        }

        return before.State != TaskState.Stopped && after is { State: TaskState.Stopped, StoppedAt: { } at, StopCode: { } code }
            ? new AttemptEnd(after.StartedAt, at, code, after.Node, TaskTransitions.Succeeded(after))
            : null;
    }
}
