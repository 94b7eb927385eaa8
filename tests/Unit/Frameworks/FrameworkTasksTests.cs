using OrleansCluster.Grains.Frameworks;

namespace OrleansCluster.Tests.Unit.Frameworks;

/// <summary>What a framework is told of its tasks, and until when.</summary>
public sealed class FrameworkTasksTests
{
    private static readonly DateTimeOffset _now = DateTimeOffset.UnixEpoch.AddDays(1);
    private readonly FrameworkTasks _tasks = new();

    [Fact]
    public void TakeDue_TaskThatRanAndEnded_IsToldOneAfterTheOther()
    {
        _tasks.Take(Task(TaskState.Stopped, hasStarted: true));

        var first = Assert.Single(_tasks.TakeDue(_now, withTold: false));
        Assert.Equal((TaskState.Running, true), (first.State, first.WantsAcknowledgement));
        Assert.Empty(_tasks.TakeDue(_now, withTold: true));

        _tasks.Acknowledged("a", TaskState.Running);
        Assert.Equal(TaskState.Stopped, Assert.Single(_tasks.TakeDue(_now, withTold: false)).State);
        _tasks.Acknowledged("a", TaskState.Stopped);
        Assert.Equal((0, 0), (_tasks.Count, _tasks.Unacknowledged));
    }

    [Fact]
    public void TakeDue_NotAcknowledged_IsToldAgainAfterAWhile()
    {
        _tasks.Take(Task(TaskState.Running, hasStarted: true));
        Assert.Single(_tasks.TakeDue(_now, withTold: true));

        Assert.Empty(_tasks.TakeDue(_now + FrameworkTasks.Again - TimeSpan.FromSeconds(1), withTold: true));
        Assert.Single(_tasks.TakeDue(_now + FrameworkTasks.Again, withTold: true));
    }

    [Fact]
    public void TellAllAgain_NewListener_IsToldWhatIsNotAcknowledged()
    {
        _tasks.Take(Task(TaskState.Running, hasStarted: true));
        _tasks.Take(Task(TaskState.Running, hasStarted: true, name: "b") with { Acknowledged = TaskState.Running });
        _tasks.TakeDue(_now, withTold: false);

        _tasks.TellAllAgain();

        Assert.Equal("a", Assert.Single(_tasks.TakeDue(_now, withTold: false)).Task);
    }

    [Fact]
    public void Take_OlderViewAfterANewer_ChangesNothing()
    {
        _tasks.Take(Task(TaskState.Stopped, hasStarted: true) with { Acknowledged = TaskState.Running });
        _tasks.Take(Task(TaskState.Running, hasStarted: true));

        Assert.Equal(TaskState.Stopped, Assert.Single(_tasks.TakeDue(_now, withTold: false)).State);
    }

    [Fact]
    public void TakeDue_TaskThatNeverRan_IsToldItsEndAtOnce()
    {
        _tasks.Take(Task(TaskState.Provisioning, hasStarted: false));
        Assert.Empty(_tasks.TakeDue(_now, withTold: true));

        _tasks.Take(Task(TaskState.Stopped, hasStarted: false));

        Assert.Equal(TaskState.Stopped, Assert.Single(_tasks.TakeDue(_now, withTold: false)).State);
    }

    [Fact]
    public void KeepOnly_AcknowledgedElsewhere_IsForgottenAndTheNewerStays()
    {
        _tasks.Take(Task(TaskState.Stopped, hasStarted: true));
        _tasks.Take(Task(TaskState.Running, hasStarted: true, name: "b") with { CreatedAt = _now.AddSeconds(1) });

        _tasks.KeepOnly(new HashSet<string>(), _now);

        Assert.Equal(["b"], _tasks.All.Select(task => task.OfFramework));
    }

    [Fact]
    public void Reconcile_UnknownTask_HasNoView()
    {
        var update = _tasks.Reconcile("nobody", _now);

        Assert.Equal((null, false), (update.View, update.WantsAcknowledgement));
    }

    [Theory]
    [InlineData("task-1", "fw._task-1.0")]
    [InlineData("a/b", "fw._a_002fb.0")]
    [InlineData("a_b.c", "fw._a_005fb_002ec.0")]
    public void OfFramework_Name_IsSpeltSoThatItCanBeReadBack(string name, string id)
    {
        Assert.Equal(id, TaskId.OfFramework("fw", name));
        Assert.True(TaskId.IsOfFramework(id) && !TaskId.IsOfService(id) && !OfferId.Is(id));
        Assert.True(TaskId.TryParse(id, out var framework, out _, out var index));
        Assert.Equal(("fw", 0), (framework, index));
    }

    private static TaskView Task(TaskState state, bool hasStarted, string name = "a") => new()
    {
        Id = TaskId.OfFramework("fw", name),
        JobId = "fw",
        Name = TaskId.NameOfFrameworkTask(name),
        Index = 0,
        Team = "default",
        Priority = 50,
        Definition = "app:1",
        Resources = new Resources(100, 64, 0),
        Attempt = 1,
        State = state,
        DesiredStatus = DesiredStatus.Running,
        CreatedAt = _now.AddMinutes(-1),
        QueuedAt = _now.AddMinutes(-1),
        StartedAt = hasStarted ? _now.AddSeconds(-30) : null,
        Succeeded = false,
        OfFramework = name,
    };
}
