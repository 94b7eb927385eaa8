using OrleansCluster.Grains.Frameworks;

namespace OrleansCluster.Tests.Unit.Frameworks;

public sealed class AcknowledgementTests
{
    private static readonly DateTimeOffset _now = new(2026, 11, 28, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Acknowledged_EndThatHasNotCome_ForgetsNothing()
    {
        var tasks = new FrameworkTasks();
        tasks.Take(Task(TaskState.Running));

        tasks.Acknowledged("a", TaskState.Stopped);

        Assert.True(tasks.TryFind("a", out var task));
        Assert.Null(task.Acknowledged);
        Assert.Equal(TaskState.Running, Assert.Single(tasks.TakeDue(_now, withTold: false)).State);
    }

    [Fact]
    public void Acknowledged_RunningThenStopped_IsToldOneAfterTheOtherAndForgotten()
    {
        var tasks = new FrameworkTasks();
        tasks.Take(Task(TaskState.Stopped));

        var first = Assert.Single(tasks.TakeDue(_now, withTold: false));
        tasks.Acknowledged("a", TaskState.Running);
        var second = Assert.Single(tasks.TakeDue(_now, withTold: false));
        tasks.Acknowledged("a", TaskState.Stopped);

        Assert.Equal((TaskState.Running, TaskState.Stopped), (first.State, second.State));
        Assert.Equal(0, tasks.Count);
    }

    [Fact]
    public void TakeDue_MoreThanThereIsRoomFor_LeavesTheOthersDue()
    {
        var tasks = new FrameworkTasks();
        foreach (var name in (string[])["a", "b", "c"])
            tasks.Take(Task(TaskState.Running) with { OfFramework = name });

        Assert.Empty(tasks.TakeDue(_now, withTold: false, most: 0));
        Assert.Equal(["a", "b"], tasks.TakeDue(_now, withTold: false, most: 2).Select(update => update.Task));
        Assert.Equal(["c"], tasks.TakeDue(_now, withTold: false, most: 2).Select(update => update.Task));
        Assert.Equal(["a"], tasks.TakeDue(_now + FrameworkTasks.Again, withTold: true, most: 1).Select(update => update.Task));
        Assert.Equal(["b", "c"], tasks.TakeDue(_now + FrameworkTasks.Again, withTold: true, most: 5).Select(update => update.Task));
    }

    [Fact]
    public void Room_OfAStreamThatIsNotRead_EndsBeforeItIsClosed()
    {
        var stream = new FrameworkStream("s");
        while (stream.Room > 0)
            stream.Tell(new FrameworkUpdate { Task = "a", State = TaskState.Running, WantsAcknowledgement = false, At = _now });

        Assert.True(stream.IsOpen);
        var some = stream.After(0);
        stream.After(some[^1].Sequence);
        Assert.Equal(some.Length, stream.Room);
    }

    [Theory]
    [InlineData("fifteen-letters", false)]
    [InlineData("sixteen--letters", true)]
    [InlineData("sixteen letters-", false)]
    [InlineData("sixteen-letters-\u00e9", false)]
    public void TokenFault_LengthAndCharacters_AreAsked(string token, bool isGood) => Assert.Equal(isGood, FrameworkValidator.TokenFault(token) is null);

    private static TaskView Task(TaskState state) => new()
    {
        Id = "f._a.0",
        JobId = "f",
        Name = "_a",
        Index = 0,
        Team = "default",
        Priority = 50,
        Definition = "f-t1:1",
        Resources = new Resources(100, 64, 0),
        Attempt = 1,
        State = state,
        DesiredStatus = DesiredStatus.Running,
        CreatedAt = _now,
        QueuedAt = _now,
        StartedAt = _now,
        StoppedAt = state == TaskState.Stopped ? _now : null,
        Succeeded = state == TaskState.Stopped,
        OfFramework = "a",
    };
}
