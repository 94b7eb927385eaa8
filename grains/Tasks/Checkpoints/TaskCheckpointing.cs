using OrleansCluster.Grains.Storage.Checkpoints;

namespace OrleansCluster.Grains.Tasks.Checkpoints;

/// <summary>
/// What requests and reports of checkpoints make of a task: pure. A checkpoint counts from the moment that it is in the task's record, and only the current attempt
/// adds to it, so no attempt begins at what another one was still doing.
/// </summary>
internal static class TaskCheckpointing
{
    private static readonly TaskCheckpoints _none = new();

    public static TaskRecord Request(TaskRecord task)
    {
        var known = task.Checkpoints ?? _none;
        return task with { Checkpoints = known with { Requested = known.Requested + 1 } };
    }

    public static TaskRecord Take(TaskRecord task, CheckpointReport report, DateTimeOffset now)
    {
        if (report.Attempt != task.Attempt || task.State == TaskState.Stopped || task.Start.Checkpoint is not { } spec)
            return task;
        var known = task.Checkpoints ?? _none;
        var answered = Math.Max(known.Answered, Math.Min(report.Answers, known.Requested));
        if (report.Checkpoint is { } taken)
            return IsNext(known, taken, task.Attempt, now) ? task with { Checkpoints = Add(known, taken, answered, spec.Keep) } : task;
        return known.Failure == report.Failure && known.Answered == answered ? task : task with { Checkpoints = Fail(known, report.Failure, answered) };
    }

    /// <summary>Whether the report's checkpoint is one of the task's.</summary>
    public static bool Holds(TaskRecord? task, CheckpointReport report) =>
        report.Checkpoint is { } taken && task?.Checkpoints is { } known && known.Kept.Any(kept => kept.Number == taken.Number && kept.Name == taken.Name);

    /// <summary>What has stopped for good is not gone on with: nothing of it is kept, and nobody waits for more.</summary>
    public static TaskRecord Settle(TaskRecord task)
    {
        if (task is not { State: TaskState.Stopped, Checkpoints: { } known })
            return task;
        var settled = known.Answered < known.Requested ? Fail(known, "The task has stopped.", known.Requested) : known;
        return settled.Kept.IsEmpty && settled == known ? task : task with { Checkpoints = settled with { Kept = [] } };
    }

    /// <summary>Those whose bytes nobody needs any more.</summary>
    public static IEnumerable<TaskCheckpoint> Dropped(TaskRecord before, TaskRecord after) =>
        before.Checkpoints is not { } known ? [] : known.Kept.Where(kept => after.Checkpoints is not { } left || !left.Kept.Any(other => other.Name == kept.Name));

    /// <summary>For the agent of that attempt; <see langword="null"/> where it is none, or not the current one.</summary>
    public static CheckpointOrders? OrdersFor(TaskRecord? task, int attempt)
    {
        if (task?.Start.Checkpoint is null || task.Attempt != attempt)
            return null;
        var known = task.Checkpoints ?? _none;
        return new CheckpointOrders
        {
            Restore = known.Kept is [.., var newest] ? newest : null,
            Newest = known.Newest,
            Requested = known.Requested,
            Answered = known.Answered,
            BeforeStop = task.Desired == DesiredStatus.Stopped ? false : task.Eviction is null ? null : true,
        };
    }

    /// <summary>A report that comes so late that the sweep may have taken its bytes for nobody's is of nothing.</summary>
    private static bool IsNext(TaskCheckpoints known, TaskCheckpoint taken, int attempt, DateTimeOffset now) =>
        taken.Number == known.Newest + 1 && taken.Attempt == attempt && now - taken.TakenAt < CheckpointLimits.Abandoned / 2;

    private static TaskCheckpoints Add(TaskCheckpoints known, TaskCheckpoint taken, int answered, int keep)
    {
        var kept = known.Kept.Add(taken);
        return known with
        {
            Kept = kept.Length > keep ? kept[^keep..] : kept,
            Newest = taken.Number,
            Answered = answered,
            AnsweredBy = answered > known.Answered ? taken.Number : known.AnsweredBy,
            Failure = null,
        };
    }

    private static TaskCheckpoints Fail(TaskCheckpoints known, string? failure, int answered) => known with
    {
        Failure = failure,
        Answered = answered,
        AnsweredBy = answered > known.Answered ? 0 : known.AnsweredBy,
    };
}
