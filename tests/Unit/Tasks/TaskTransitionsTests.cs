using OrleansCluster.Grains.Tasks;

namespace OrleansCluster.Tests.Unit.Tasks;

public sealed class TaskTransitionsTests
{
    private static readonly DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TaskStart _start = new()
    {
        JobId = "job-a",
        Name = "main",
        Index = 0,
        Count = 1,
        Team = "default",
        Priority = 50,
        Definition = "app:1",
        Resources = new Resources(100, 10, 0),
        Essential = ["main"],
    };

    private static TaskRecord Queued => TaskTransitions.Start(_start, _now);
    private static TaskRecord Placed => TaskTransitions.Place(Queued, 1, "n1", _now);
    private static TaskRecord Running => TaskTransitions.Observe(Placed, Seen(TaskState.Running), _now);

    [Fact]
    public void Observe_EarlierState_ChangesNothing()
    {
        var running = Running;

        Assert.Same(running, TaskTransitions.Observe(running, Seen(TaskState.Activating), _now));
        Assert.Same(running, TaskTransitions.Observe(running, Seen(TaskState.Running), _now));
    }

    [Fact]
    public void Reached_SeveralStatesInOneStep_NamesEach()
    {
        var asked = TaskTransitions.Observe(Queued, Seen(TaskState.Activating), _now);
        var ended = TaskTransitions.Observe(asked, Ended(0) with { Containers = [new ContainerState { Name = "main", Status = ContainerStatus.Stopped, ExitCode = 0, StartedAt = _now }] }, _now);
        var lost = TaskTransitions.LoseNode(Running, "n1", 1, _now);

        Assert.Equal([TaskState.Pending, TaskState.Activating], TaskTransitions.Reached(Queued, asked));
        Assert.Equal([TaskState.Running, TaskState.Stopped], TaskTransitions.Reached(asked, ended));
        Assert.Equal([TaskState.Pending], TaskTransitions.Reached(Queued, Placed));
        Assert.Equal([TaskState.Provisioning], TaskTransitions.Reached(Running, lost));
        Assert.Empty(TaskTransitions.Reached(Running, Running));
    }

    [Fact]
    public void Observe_LostPlacedMessage_TakesTheNodeFromTheAgent()
    {
        var task = TaskTransitions.Observe(Queued, Seen(TaskState.Activating), _now);

        Assert.Equal((TaskState.Activating, "n1"), (task.State, task.Node));
        Assert.Same(task, TaskTransitions.Place(task, 1, "n1", _now));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(3, false)]
    public void Observe_EssentialContainerExited_SucceedsWithExitCodeZeroOnly(int exitCode, bool succeeded)
    {
        var task = TaskTransitions.Observe(Running, Ended(exitCode), _now);

        Assert.Equal((TaskState.Stopped, DesiredStatus.Stopped, StopCode.EssentialContainerExited), (task.State, task.Desired, task.StopCode!.Value));
        Assert.Equal(succeeded, TaskTransitions.Succeeded(task));
    }

    [Fact]
    public void Observe_EndAfterUserStop_KeepsTheUsersReasonAndIsNoSuccess()
    {
        var stopping = TaskTransitions.Stop(Running, StopCode.UserInitiated, "enough", _now);

        var task = TaskTransitions.Observe(stopping, Ended(0), _now);

        Assert.Equal((StopCode.UserInitiated, "enough"), (task.StopCode!.Value, task.Reason));
        Assert.False(TaskTransitions.Succeeded(task));
    }

    [Fact]
    public void Stop_WithoutANode_EndsAtOnce() =>
        Assert.Equal(TaskState.Stopped, TaskTransitions.Stop(Queued, StopCode.UserInitiated, "", _now).State);

    [Fact]
    public void Stop_WhatHasStopped_ChangesNothing()
    {
        var stopped = TaskTransitions.Observe(Running, Ended(0), _now);

        Assert.Same(stopped, TaskTransitions.Stop(stopped, StopCode.UserInitiated, "late", _now));
    }

    [Fact]
    public void LoseNode_WantedTask_OpensTheNextAttemptAndKeepsTheOldOne()
    {
        var task = TaskTransitions.LoseNode(Running, "n1", 1, _now);

        Assert.Equal((2, TaskState.Provisioning), (task.Attempt, task.State));
        Assert.Null(task.Node);
        Assert.Equal(StopCode.NodeLost, Assert.Single(task.EarlierAttempts).StopCode);
        Assert.Same(task, TaskTransitions.LoseNode(task, "n1", 1, _now));
    }

    [Fact]
    public void LoseNode_WantedTask_KeepsItsPlaceInTheQueue()
    {
        var task = TaskTransitions.LoseNode(Running, "n1", 1, _now.AddMinutes(5));

        Assert.Equal((2, _now), (task.Attempt, task.QueuedAt));
    }

    [Fact]
    public void LoseNode_TaskThatIsToStop_EndsForGood()
    {
        var stopping = TaskTransitions.Stop(Running, StopCode.UserInitiated, "", _now);

        Assert.Equal((1, TaskState.Stopped), (TaskTransitions.LoseNode(stopping, "n1", 1, _now).Attempt, TaskTransitions.LoseNode(stopping, "n1", 1, _now).State));
    }

    [Fact]
    public void Observe_ALaterAgentFindsNoContainers_OpensTheNextAttempt()
    {
        var running = TaskTransitions.Observe(Placed, Seen(TaskState.Running) with { Run = new AgentRun(1, 1) }, _now);
        var late = Seen(TaskState.Activating) with { Run = new AgentRun(1, 1) };

        var task = TaskTransitions.Observe(running, late with { Run = new AgentRun(2, 2) }, _now);

        Assert.Same(running, TaskTransitions.Observe(running, late, _now));
        Assert.Equal((2, TaskState.Provisioning, StopCode.AgentStopped), (task.Attempt, task.State, task.EarlierAttempts[0].StopCode));
    }

    [Fact]
    public void Observe_AnotherIncarnationWantsToStartWhatAnEarlierOneMay_OpensTheNextAttempt()
    {
        var asked = Seen(TaskState.Activating) with { Containers = [new ContainerState { Name = "main", Status = ContainerStatus.Pending }] };
        var approved = TaskTransitions.Observe(Placed, asked with { Run = new AgentRun(1, 1) }, _now);

        var again = TaskTransitions.Observe(approved, asked with { Run = new AgentRun(1, 1) }, _now);
        var task = TaskTransitions.Observe(approved, asked with { Run = new AgentRun(2, 2) }, _now);

        var restarted = TaskTransitions.Observe(approved, asked with { Run = new AgentRun(2, 1) }, _now);

        Assert.Equal((1, TaskState.Activating), (again.Attempt, again.State));
        Assert.Equal((1, TaskState.Activating), (restarted.Attempt, restarted.State));
        Assert.Equal((2, TaskState.Provisioning, StopCode.AgentStopped), (task.Attempt, task.State, task.EarlierAttempts[0].StopCode));
    }

    [Fact]
    public void Observe_WhatAnEarlierAgentSaidLate_ChangesNothing()
    {
        var approved = TaskTransitions.Observe(Placed, Seen(TaskState.Activating) with { Run = new AgentRun(2, 2) }, _now);

        Assert.Same(approved, TaskTransitions.Observe(approved, Seen(TaskState.Activating) with { Run = new AgentRun(1, 1) }, _now));
        Assert.Same(approved, TaskTransitions.Observe(approved, Seen(TaskState.Running) with { Run = new AgentRun(1, 1) }, _now));
    }

    [Fact]
    public void Observe_AnEarlierAttempt_ChangesNothing()
    {
        var second = TaskTransitions.LoseNode(Running, "n1", 1, _now);

        Assert.Same(second, TaskTransitions.Observe(second, Ended(0), _now));
    }

    [Fact]
    public void NextAttempts_Many_KeepTheNewestTwenty()
    {
        var task = Running;
        for (var attempt = 1; attempt <= 30; attempt++)
            task = TaskTransitions.LoseNode(task, "n1", attempt, _now);

        Assert.Equal(31, task.Attempt);
        Assert.Equal(Enumerable.Range(11, 20), task.EarlierAttempts.Select(a => a.Attempt));
    }

    [Fact]
    public void AttemptEnd_OfTheStepThatEndsOne_IsToldOnce()
    {
        var running = Running;
        var lost = TaskTransitions.LoseNode(running, "n1", 1, _now);
        var stopped = TaskTransitions.Observe(running, Ended(0), _now);

        Assert.Null(AttemptEnd.Of(Placed, running));
        Assert.Equal((StopCode.NodeLost, "n1", false), AttemptEnd.Of(running, lost) is { } end ? (end.StopCode, end.Node, end.Succeeded) : default);
        Assert.Equal((StopCode.EssentialContainerExited, true), AttemptEnd.Of(running, stopped) is { } ended ? (ended.StopCode, ended.Succeeded) : default);
        Assert.Null(AttemptEnd.Of(stopped, stopped));
    }

    private static TaskObservation Seen(TaskState state, params ContainerState[] containers) =>
        new() { TaskId = "job-a.main.0", Attempt = 1, Node = "n1", State = state, Containers = [.. containers] };

    private static TaskObservation Ended(int exitCode) =>
        Seen(TaskState.Stopped, new ContainerState { Name = "main", Status = ContainerStatus.Stopped, ExitCode = exitCode }) with
        {
            StopCode = StopCode.EssentialContainerExited,
        };
}
