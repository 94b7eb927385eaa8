using OrleansCluster.Grains.Tasks;
using OrleansCluster.Grains.Tasks.Checkpoints;

namespace OrleansCluster.Tests.Unit.Checkpoints;

public sealed class TaskCheckpointingTests
{
    private static readonly DateTimeOffset _now = DateTimeOffset.UnixEpoch;

    [Fact]
    public void Take_TheNextNumber_IsKeptAndRestoredFrom()
    {
        var task = Take(Running(), 1);

        Assert.Equal(1, task.Checkpoints!.Newest);
        Assert.Equal(1, TaskCheckpointing.OrdersFor(task, 1)!.Restore!.Number);
    }

    [Fact]
    public void Take_MoreThanAreKept_DropsTheOldest()
    {
        var before = Take(Take(Running(keep: 2), 1), 2);

        var after = Take(before, 3);

        Assert.Equal([2, 3], after.Checkpoints!.Kept.Select(kept => kept.Number));
        Assert.Equal(1, Assert.Single(TaskCheckpointing.Dropped(before, after)).Number);
    }

    [Fact]
    public void Take_OfAnEarlierAttempt_IsRefused()
    {
        var late = Report(attempt: 1, number: 2);
        var task = TaskTransitions.LoseNode(Take(Running(), 1), "n", 1, _now);

        Assert.Same(task, TaskCheckpointing.Take(task, late, _now));
        Assert.False(TaskCheckpointing.Holds(task, late));
        Assert.Null(TaskCheckpointing.OrdersFor(task, 1));
        Assert.Equal(1, TaskCheckpointing.OrdersFor(task, 2)!.Restore!.Number);
    }

    [Fact]
    public void Take_ANumberThatIsTaken_IsRefusedUnlessItIsTheSame()
    {
        var first = Report(1, 1);
        var task = TaskCheckpointing.Take(Running(), first, _now);
        var other = first with { Checkpoint = first.Checkpoint! with { Name = "other" } };

        Assert.Same(task, TaskCheckpointing.Take(task, first, _now));
        Assert.True(TaskCheckpointing.Holds(task, first));
        Assert.Same(task, TaskCheckpointing.Take(task, other, _now));
        Assert.False(TaskCheckpointing.Holds(task, other));
    }

    [Fact]
    public void Take_SoLateThatItsBytesMayBeSweptAway_IsRefused()
    {
        var task = Running();

        Assert.Same(task, TaskCheckpointing.Take(task, Report(1, 1), _now + TimeSpan.FromMinutes(31)));
    }

    [Fact]
    public void Request_AnsweredByACheckpointThatBeganBeforeIt_StaysOpen()
    {
        var asked = TaskCheckpointing.Request(Running());

        var older = TaskCheckpointing.Take(asked, Report(1, 1), _now);
        var answered = TaskCheckpointing.Take(older, Report(1, 2) with { Answers = 1 }, _now);

        Assert.Equal((1, 0), (older.Checkpoints!.Requested, older.Checkpoints.Answered));
        Assert.Equal((1, 2), (answered.Checkpoints!.Answered, answered.Checkpoints.AnsweredBy));
    }

    [Fact]
    public void Request_TheTaskStops_IsAnsweredByThatAndNothingIsKept()
    {
        var asked = TaskCheckpointing.Request(Take(Running(), 1));

        var stopped = TaskCheckpointing.Settle(asked with { State = TaskState.Stopped });

        Assert.Empty(stopped.Checkpoints!.Kept);
        Assert.Equal((1, 0, "The task has stopped."), (stopped.Checkpoints.Answered, stopped.Checkpoints.AnsweredBy, stopped.Checkpoints.Failure));
        Assert.Same(stopped, TaskCheckpointing.Settle(stopped));
    }

    [Fact]
    public void OrdersFor_ATaskThatIsToStop_WantACheckpointFirstWhereAnotherAttemptFollows()
    {
        Assert.False(TaskCheckpointing.OrdersFor(TaskTransitions.Stop(Running(), StopCode.UserInitiated, "", _now), 1)!.BeforeStop);
        Assert.True(TaskCheckpointing.OrdersFor(TaskTransitions.Evict(Running(), 1, StopCode.Preempted, "", _now), 1)!.BeforeStop);
        Assert.True(TaskCheckpointing.OrdersFor(TaskTransitions.Evict(Running(), 1, StopCode.NodeDraining, "", _now), 1)!.BeforeStop);
        Assert.Null(TaskCheckpointing.OrdersFor(Running(), 1)!.BeforeStop);
    }

    private static TaskRecord Take(TaskRecord task, int number) => TaskCheckpointing.Take(task, Report(task.Attempt, number), _now);

    private static CheckpointReport Report(int attempt, int number) => new()
    {
        Attempt = attempt,
        Checkpoint = new TaskCheckpoint { Number = number, Attempt = attempt, Name = $"{number}-{attempt}", Size = 1, Digest = "", TakenAt = _now, Node = "n" },
    };

    private static TaskRecord Running(int keep = 3) => TaskTransitions.Start(
        new TaskStart
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
            Checkpoint = new CheckpointSpec { Path = "/state", Keep = keep },
        },
        _now) with
    { State = TaskState.Running, Node = "n" };
}
