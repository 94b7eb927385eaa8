using OrleansCluster.Grains.Tasks;

namespace OrleansCluster.Tests.Unit.Tasks;

public sealed class RetryTests
{
    private static readonly DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1, true)]
    [InlineData(7, true)]
    [InlineData(2, false)]
    public void Observe_Failed_IsTriedAgainUnlessItsCodeIsInFailOn(int exitCode, bool again)
    {
        var task = Fail(Run(new RetrySpec { Attempts = 2, FailOn = [2] }), exitCode);

        Assert.Equal(again ? (2, TaskState.Provisioning, 1) : (1, TaskState.Stopped, 1), (task.Attempt, task.State, task.Failures));
        if (again)
            Assert.Equal((exitCode, StopCode.EssentialContainerExited), (task.EarlierAttempts[0].ExitCode!.Value, task.EarlierAttempts[0].StopCode));
    }

    [Theory]
    [InlineData(75, true)]
    [InlineData(1, false)]
    public void Observe_Failed_WithRetryOn_IsTriedAgainForTheseCodesOnly(int exitCode, bool again) =>
        Assert.Equal(again, Fail(Run(new RetrySpec { RetryOn = [75] }), exitCode).Attempt == 2);

    [Fact]
    public void Observe_FailedWithoutRules_EndsForGood() => Assert.Equal(TaskState.Stopped, Fail(Run((RetrySpec?)null), 1).State);

    [Fact]
    public void Observe_AllAttemptsFailed_EndsWithTheLastOnesCause()
    {
        var task = Run(new RetrySpec { Attempts = 3 });
        for (var attempt = 1; attempt <= 3; attempt++)
            task = Fail(attempt == 1 ? task : Run(task), attempt);

        Assert.Equal((3, TaskState.Stopped, 3, DesiredStatus.Stopped), (task.Attempt, task.State, task.Failures, task.Desired));
        Assert.Equal(3, ExitCodes.Of(task));
    }

    [Fact]
    public void Observe_WhatTheSystemEnded_UsesUpNoAttempt()
    {
        var task = Run(new RetrySpec { Attempts = 2 });
        task = TaskTransitions.LoseNode(task, "n1", 1, _now);
        task = TaskTransitions.Observe(Run(task), Seen(2, TaskState.Stopped, code: StopCode.AgentStopped), _now);
        task = TaskTransitions.Evict(Run(task), 3, StopCode.Preempted, "for others", _now);
        task = TaskTransitions.Observe(task, Seen(3, TaskState.Stopped), _now);

        Assert.Equal((4, 0), (task.Attempt, task.Failures));
        Assert.Equal([StopCode.NodeLost, StopCode.AgentStopped, StopCode.Preempted], task.EarlierAttempts.Select(attempt => attempt.StopCode));
        Assert.Null(task.NotBefore);
        Assert.Equal(2, Fail(Fail(Run(task), 1) is var again ? Run(again) : task, 1).Failures);
    }

    [Fact]
    public void Observe_TimedOutOrFailedToStart_IsTriedAgainWhateverRetryOnSays()
    {
        foreach (var code in new[] { StopCode.TimedOut, StopCode.TaskFailedToStart })
        {
            var task = TaskTransitions.Observe(Run(new RetrySpec { RetryOn = [75] }), Seen(1, TaskState.Stopped, code: code), _now);

            Assert.Equal((2, 1, code), (task.Attempt, task.Failures, task.EarlierAttempts[0].StopCode));
        }
    }

    [Fact]
    public void Observe_FailedAfterAUserStop_IsNotTriedAgain()
    {
        var stopping = TaskTransitions.Stop(Run(new RetrySpec { Attempts = 5 }), StopCode.UserInitiated, "enough", _now);

        Assert.Equal(TaskState.Stopped, Fail(stopping, 1).State);
    }

    [Fact]
    public void Evict_SucceededMeanwhile_IsDone()
    {
        var evicted = TaskTransitions.Evict(Run((RetrySpec?)null), 1, StopCode.Preempted, "for others", _now);
        var task = TaskTransitions.Observe(evicted, Seen(1, TaskState.Stopped, 0, StopCode.EssentialContainerExited), _now);

        Assert.True(TaskTransitions.Succeeded(task));
        Assert.Null(task.Eviction);
    }

    [Fact]
    public void Evict_EndedWellOnlyBecauseItWasStopped_IsTriedAgain()
    {
        var evicted = TaskTransitions.Evict(Run((RetrySpec?)null), 1, StopCode.NodeDraining, "drain", _now);
        var task = TaskTransitions.Observe(evicted, Seen(1, TaskState.Stopped, 0), _now);

        Assert.Equal((2, TaskState.Provisioning, StopCode.NodeDraining), (task.Attempt, task.State, task.EarlierAttempts[0].StopCode));
    }

    [Fact]
    public void Evict_WaitingEndedOrOtherAttempt_ChangesNothing()
    {
        var waiting = TaskTransitions.Start(Start(null), _now);
        var running = Run((RetrySpec?)null);
        var ended = Fail(running, 1);

        Assert.Same(waiting, TaskTransitions.Evict(waiting, 1, StopCode.Preempted, "", _now));
        Assert.Same(running, TaskTransitions.Evict(running, 2, StopCode.Preempted, "", _now));
        Assert.Same(ended, TaskTransitions.Evict(ended, 1, StopCode.Preempted, "", _now));
        Assert.False(TaskTransitions.IsWanted(TaskTransitions.Evict(running, 1, StopCode.Preempted, "", _now), 1));
    }

    [Fact]
    public void Evict_WithItsGang_EndsWhatRunsAndWhatWaitsAlike()
    {
        var waiting = TaskTransitions.Evict(TaskTransitions.Start(Start(new RetrySpec()), _now), 1, StopCode.GangEnded, "others", _now.AddSeconds(5));
        var running = TaskTransitions.Observe(TaskTransitions.Evict(Run(new RetrySpec()), 1, StopCode.GangEnded, "others", _now), Seen(1, TaskState.Stopped), _now);

        foreach (var task in new[] { waiting, running })
        {
            Assert.Equal((2, TaskState.Provisioning, 0, _now), (task.Attempt, task.State, task.Failures, task.QueuedAt));
            Assert.Equal(StopCode.GangEnded, Assert.Single(task.EarlierAttempts).StopCode);
        }

        Assert.Same(waiting, TaskTransitions.Evict(waiting, 1, StopCode.GangEnded, "others", _now));
    }

    [Fact]
    public void GiveUpWaiting_PlacedMeanwhile_ChangesNothing()
    {
        var waiting = TaskTransitions.Start(Start(null), _now);
        var placed = TaskTransitions.Place(waiting, 1, "n1", _now);

        Assert.Same(placed, TaskTransitions.GiveUpWaiting(placed, 1, _now));
        Assert.Equal((TaskState.Stopped, StopCode.TimedOut), (TaskTransitions.GiveUpWaiting(waiting, 1, _now).State, TaskTransitions.GiveUpWaiting(waiting, 1, _now).StopCode!.Value));
    }

    [Fact]
    public void ExitCode_OfTwoEssentialContainers_IsThatOfTheFirstToFail()
    {
        var task = Run((RetrySpec?)null) with
        {
            Start = Start(null) with { Essential = ["main", "other"] },
            Containers = [Ended("main", 143, 5), Ended("other", 7, 1), Ended("sidecar", 9, 0)],
        };

        Assert.Equal(7, ExitCodes.Of(task));
    }

    [Fact]
    public void Request_OfATaskThatFailedTwiceOnANode_AvoidsIt()
    {
        var task = Run(new RetrySpec { Attempts = 5, Backoff = 10 });
        task = Fail(Run(Fail(task, 1)), 1);

        var request = PlacementRequest.Of(task.ToView());

        Assert.Equal(["n1"], request.Avoided);
        Assert.Equal(task.NotBefore, request.NotBefore);
        Assert.Empty(PlacementRequest.Of(Fail(Run(new RetrySpec()), 1).ToView()).Avoided);
    }

    private static TaskStart Start(RetrySpec? retry) => new()
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
        Rules = retry is null ? null : new TaskRules { Retry = retry },
    };

    private static TaskRecord Run(RetrySpec? retry) => Run(TaskTransitions.Start(Start(retry), _now));

    private static TaskRecord Run(TaskRecord task) =>
        TaskTransitions.Observe(TaskTransitions.Place(task, task.Attempt, "n1", _now), Seen(task.Attempt, TaskState.Running), _now);

    private static TaskRecord Fail(TaskRecord task, int exitCode) =>
        TaskTransitions.Observe(task, Seen(task.Attempt, TaskState.Stopped, exitCode, StopCode.EssentialContainerExited), _now);

    private static TaskObservation Seen(int attempt, TaskState state, int? exitCode = null, StopCode? code = null) => new()
    {
        TaskId = "job-a.main.0",
        Attempt = attempt,
        Node = "n1",
        State = state,
        StopCode = code,
        Containers = exitCode is { } exit ? [Ended("main", exit, 0)] : [],
    };

    private static ContainerState Ended(string name, int exitCode, int second) =>
        new() { Name = name, Status = ContainerStatus.Stopped, ExitCode = exitCode, EndedAt = _now.AddSeconds(second) };
}
