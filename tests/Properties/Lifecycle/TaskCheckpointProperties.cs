using FsCheck;
using FsCheck.Fluent;
using OrleansCluster.Grains.Tasks;
using OrleansCluster.Grains.Tasks.Checkpoints;

namespace OrleansCluster.Tests.Properties.Lifecycle;

/// <summary>Whatever reports come, late, twice and out of order: only the current attempt adds a checkpoint, one number after the other.</summary>
public sealed class TaskCheckpointProperties
{
    private const int Keep = 3;
    private static readonly DateTimeOffset _now = DateTimeOffset.UnixEpoch;

    private static readonly Gen<CheckpointReport> _report =
        from attempt in Gen.Choose(1, 3)
        from number in Gen.Choose(1, 6)
        from name in Gen.Elements("a", "b")
        from answers in Gen.Choose(0, 4)
        from fails in Gen.Choose(0, 4)
        select new CheckpointReport
        {
            Attempt = attempt,
            Answers = answers,
            Failure = fails == 0 ? "It could not be taken." : null,
            Checkpoint = fails == 0 ? null : new TaskCheckpoint { Number = number, Attempt = attempt, Name = $"{number}-{attempt}-{name}", Size = 1, Digest = "", TakenAt = _now, Node = "n" },
        };

    private static readonly Gen<Func<TaskRecord, TaskRecord>> _message = Gen.Frequency(
        (8, from report in _report select new Func<TaskRecord, TaskRecord>(task => TaskCheckpointing.Take(task, report, _now))),
        (1, from attempt in Gen.Choose(1, 2) select new Func<TaskRecord, TaskRecord>(task => TaskTransitions.LoseNode(task, "n", attempt, _now))),
        (1, Gen.Constant(new Func<TaskRecord, TaskRecord>(TaskCheckpointing.Request))));

    [Fact]
    public void Any_SequenceOfMessages_OnlyTheCurrentAttemptAddsTheNextNumber() => Check.ForAll(Gen.ListOf(_message), messages =>
    {
        var task = New();
        foreach (var message in messages)
        {
            var next = message(task);
            var (before, after) = (task.Checkpoints ?? new TaskCheckpoints(), next.Checkpoints ?? new TaskCheckpoints());
            Assert.InRange(after.Newest, before.Newest, before.Newest + 1);
            Assert.Equal(Math.Min(after.Newest, Keep), after.Kept.Length);
            Assert.Equal(Enumerable.Range(after.Newest - after.Kept.Length + 1, after.Kept.Length), after.Kept.Select(kept => kept.Number));
            if (after.Newest > before.Newest)
                Assert.Equal(task.Attempt, after.Kept[^1].Attempt);
            Assert.InRange(after.Answered, before.Answered, after.Requested);
            Assert.Equal(before.Kept.Except(after.Kept), TaskCheckpointing.Dropped(task, next));
            task = next;
        }
    });

    [Fact]
    public void Any_ReportTwice_ChangesNothingTheSecondTimeAndGetsTheSameAnswer() => Check.ForAll(Gen.ListOf(_report), reports =>
    {
        var task = New();
        foreach (var report in reports)
        {
            task = TaskCheckpointing.Take(task, report, _now);
            var isHeld = TaskCheckpointing.Holds(task, report);
            Assert.Same(task, TaskCheckpointing.Take(task, report, _now));
            Assert.Equal(isHeld, TaskCheckpointing.Holds(task, report));
        }
    });

    private static TaskRecord New()
    {
        var start = new TaskStart
        {
            JobId = "j",
            Name = "t",
            Index = 0,
            Count = 1,
            Team = "default",
            Priority = 50,
            Definition = "web:1",
            Resources = new Resources(1, 1, 0),
            Essential = ["main"],
            Checkpoint = new CheckpointSpec { Path = "/state", Keep = Keep },
        };
        return TaskTransitions.Start(start, _now) with { State = TaskState.Running, Node = "n" };
    }
}
