using OrleansCluster.Silo.Agent;
using static OrleansCluster.Tests.Unit.Agent.Samples;

namespace OrleansCluster.Tests.Unit.Agent;

public sealed class NodeAgentTests
{
    private static readonly TimeSpan _tick = TimeSpan.FromMilliseconds(50);

    [Fact]
    public async Task Run_AClaim_IsLaunchedReportedAndCleanedUp()
    {
        await using var harness = new AgentHarness();
        var claim = harness.Define(Container("main", "sh", "-c", "echo hello; sleep 5; exit 3"));
        harness.Start();
        harness.Node.Assign(claim);

        await harness.UntilState(claim, TaskState.Running);
        harness.Clock.Advance(TimeSpan.FromSeconds(5));
        await harness.UntilState(claim, TaskState.Stopped);
        await harness.UntilGone(claim);

        var states = harness.Node.ObservationsOf(claim).Select(observation => observation.State).ToArray();
        Assert.Equal(states.Order(), states);
        Assert.Contains(TaskState.Activating, states);
        var last = harness.Node.LastOf(claim)!;
        Assert.Equal(StopCode.EssentialContainerExited, last.StopCode);
        Assert.Equal(3, Assert.Single(last.Containers).ExitCode);
        Assert.Contains("hello", File.ReadAllText(harness.LogPath(claim, "main")));
    }

    [Fact]
    public async Task Run_ALaunch_MakesNoCallBetweenCreateAndStart()
    {
        await using var harness = new AgentHarness();
        var claim = harness.Define(Container("main", "sleep", "60"));
        harness.Start();
        await harness.Until(() => harness.Node.Session is not null, "a session");
        harness.Node.Assign(claim);
        await harness.UntilState(claim, TaskState.Running);

        var calls = harness.Runtime.Calls.Where(call => call.EndsWith(" main", StringComparison.Ordinal)).Take(2);
        Assert.Equal(["create main", "start main"], calls);
        Assert.Equal(0, harness.Runtime.Count("ensure"));
    }

    [Fact]
    public async Task Run_TheManagerSaysNo_NothingIsCreated()
    {
        await using var harness = new AgentHarness();
        var claim = harness.Define(Container("main", "sleep", "60"));
        harness.Node.Refused.Add(claim.Id);
        harness.Start();
        harness.Node.Assign(claim);

        await harness.UntilState(claim, TaskState.Stopped);

        Assert.Equal(0, harness.Runtime.Count("create"));
        Assert.Null(harness.Node.LastOf(claim)!.StopCode);
    }

    [Fact]
    public async Task Run_TheSameClaimInManyAssignments_IsLaunchedOnce()
    {
        await using var harness = new AgentHarness();
        var claim = harness.Define(Container("main", "sleep", "60"));
        harness.Start();
        for (var i = 0; i < 20; i++)
            harness.Node.Assign(claim);
        await harness.UntilState(claim, TaskState.Running);
        for (var i = 0; i < 20; i++)
            harness.Node.Assign(claim);
        var second = harness.Define(Container("main", "sleep", "60"));
        harness.Node.Assign(second);
        await harness.UntilState(second, TaskState.Running);

        Assert.Equal(2, harness.Runtime.Count("create"));
        Assert.Equal(2, harness.Runtime.Count("start"));
    }

    [Fact]
    public async Task Run_AStoppedTaskWhoseReleaseIsLate_IsNotLaunchedAgain()
    {
        await using var harness = new AgentHarness();
        var claim = harness.Define(Container("main", "true"));
        harness.Node.ReleasesOnStop = false;
        harness.Start();
        harness.Node.Assign(claim);
        await harness.UntilState(claim, TaskState.Stopped);
        harness.Node.Assign(claim);
        harness.Node.ReleasesOnStop = true;
        harness.Clock.Advance(harness.Options.ReconcilePeriod);
        await harness.UntilGone(claim);

        Assert.Equal(1, harness.Runtime.Count("start"));
    }

    [Fact]
    public async Task Run_ATaskIsToStop_ItsContainersGetTheirOwnTimeouts()
    {
        await using var harness = new AgentHarness();
        var claim = harness.Define(Container("db", "sleep", "600") with { StopTimeout = 7 }, Container("app", "sleep", "600").After("db", ContainerCondition.Start));
        harness.Start();
        harness.Node.Assign(claim);
        await harness.UntilState(claim, TaskState.Running);
        harness.Node.Stop(claim);
        await harness.UntilState(claim, TaskState.Stopped);

        Assert.Equal(["stop app 30", "stop db 7"], harness.Runtime.Calls.Where(call => call.StartsWith("stop", StringComparison.Ordinal)));
        Assert.Null(harness.Node.LastOf(claim)!.StopCode);
    }

    [Fact]
    public async Task Run_AnEssentialContainerEnds_TheOthersAreStopped()
    {
        await using var harness = new AgentHarness();
        var claim = harness.Define(Container("main", "sleep", "2"), Container("side", "sleep", "600").Optional());
        harness.Start();
        harness.Node.Assign(claim);
        await harness.UntilState(claim, TaskState.Running);
        await harness.Until(() => harness.Runtime.Count("start") == 2, "both started");
        harness.Clock.Advance(TimeSpan.FromSeconds(2));
        await harness.UntilState(claim, TaskState.Stopped);

        var containers = harness.Node.LastOf(claim)!.Containers.ToDictionary(container => container.Name, container => container.ExitCode);
        Assert.Equal(0, containers["main"]);
        Assert.Equal(143, containers["side"]);
    }

    [Fact]
    public async Task Run_AnImageThatCannotBePulled_FailsTheTaskWithEcsWord()
    {
        await using var harness = new AgentHarness();
        var claim = harness.Define(Container("main") with { Image = "missing/app" });
        harness.Start();
        harness.Node.Assign(claim);
        await harness.UntilState(claim, TaskState.Stopped);

        var last = harness.Node.LastOf(claim)!;
        Assert.Equal(StopCode.TaskFailedToStart, last.StopCode);
        Assert.Equal("CannotPullContainerError: No such image: missing/app", last.Reason);
        Assert.Equal(last.Reason, Assert.Single(last.Containers).Reason);
    }

    [Fact]
    public async Task Run_AnOutOfMemoryKill_IsTold()
    {
        await using var harness = new AgentHarness();
        var claim = harness.Define(Container("main", "oom"));
        harness.Start();
        harness.Node.Assign(claim);
        await harness.UntilState(claim, TaskState.Running);
        harness.Clock.Advance(TimeSpan.FromSeconds(1));
        await harness.UntilState(claim, TaskState.Stopped);

        Assert.Equal("OutOfMemoryError: Container killed due to memory usage", harness.Node.LastOf(claim)!.Reason);
        Assert.Equal(137, harness.Node.LastOf(claim)!.Containers[0].ExitCode);
    }

    [Fact]
    public async Task Run_ADefinitionThatDoesNotExist_FailsTheTask()
    {
        await using var harness = new AgentHarness();
        var claim = Claim("job.step.0") with { Definition = "app:99" };
        harness.Start();
        harness.Node.Assign(claim);
        await harness.UntilState(claim, TaskState.Stopped);

        Assert.Equal(StopCode.TaskFailedToStart, harness.Node.LastOf(claim)!.StopCode);
        Assert.Equal("Task definition app:99 does not exist", harness.Node.LastOf(claim)!.Reason);
    }

    [Theory]
    [InlineData("create")]
    [InlineData("start")]
    public async Task Run_TheRuntimeIsAway_TheStepIsTriedAgain(string call)
    {
        await using var harness = new AgentHarness();
        var claim = harness.Define(Container("main", "sleep", "60"));
        var failures = 3;
        harness.Runtime.Before = (made, _) =>
            made == call && Interlocked.Decrement(ref failures) >= 0 ? throw new RuntimeUnavailableException("away") : Task.CompletedTask;
        harness.Start();
        harness.Node.Assign(claim);
        await harness.Until(() => harness.Node.LastOf(claim)?.State == TaskState.Running, "RUNNING after three failures", _tick);

        Assert.Equal(4, harness.Runtime.Count(call));
    }

    [Fact]
    public async Task Run_ManyClaims_LaunchesSoManyAtOnceAndReportsInBatches()
    {
        await using var harness = new AgentHarness();
        harness.Options = harness.Options with { LaunchesAtOnce = 3, ReportBatch = 5 };
        var claims = Enumerable.Range(0, 20).Select(_ => harness.Define(Container("main", "sleep", "600"))).ToArray();
        harness.Runtime.Before = async (call, _) =>
        {
            if (call == "create")
                await Task.Delay(2);
        };
        harness.Start();
        harness.Node.Assign(claims);
        foreach (var claim in claims)
            await harness.UntilState(claim, TaskState.Running);

        Assert.InRange(harness.Runtime.MostLaunchesAtOnce, 1, 3);
        Assert.All(harness.Node.ReportSizes, size => Assert.InRange(size, 1, 5));
    }

    [Fact]
    public async Task Run_AContainer_KnowsWhoItIs()
    {
        await using var harness = new AgentHarness();
        var main = Container("main", "sleep", "60") with
        {
            Environment = Container("main").Environment.Add("COLOUR", "blue").Add("OCS_NODE", "elsewhere"),
        };
        var claim = harness.Define(main) with { TaskId = "wc-1.count.3", Attempt = 2 };
        harness.Start();
        harness.Node.Assign(claim);
        await harness.UntilState(claim, TaskState.Running);

        var environment = Assert.Single(harness.Runtime.Launches.Values).Environment;
        Assert.Equal(
            "COLOUR=blue OCS_ATTEMPT=2 OCS_CLUSTER=lab OCS_CONTAINER=main OCS_EPOCH=2 OCS_JOB_ID=wc-1 OCS_NODE=n1 OCS_TASK_ID=wc-1.count.3 OCS_TASK_INDEX=3 OCS_TASK_NAME=count",
            string.Join(' ', environment.Select(pair => $"{pair.Key}={pair.Value}")));
    }

    [Fact]
    public async Task Run_AContainerRemovedBehindItsBack_EndsTheTaskAsTheAgentsLoss()
    {
        await using var harness = new AgentHarness();
        var claim = harness.Define(Container("main", "sleep", "600"));
        harness.Start();
        harness.Node.Assign(claim);
        await harness.UntilState(claim, TaskState.Running);
        await harness.Simulated.Remove(harness.ContainersOf(claim)[0].Id, CancellationToken.None);
        await harness.UntilState(claim, TaskState.Stopped);

        Assert.Equal(StopCode.AgentStopped, harness.Node.LastOf(claim)!.StopCode);
    }

    [Fact]
    public async Task Run_TheClaimIsTakenAway_ItsContainersGoWithoutAReport()
    {
        await using var harness = new AgentHarness();
        var claim = harness.Define(Container("main", "sleep", "600"));
        harness.Start();
        harness.Node.Assign(claim);
        await harness.UntilState(claim, TaskState.Running);
        harness.Node.Unassign(claim);
        await harness.UntilGone(claim);

        Assert.Equal(TaskState.Running, harness.Node.LastOf(claim)!.State);
    }

    [Fact]
    public async Task Run_CapacityIsMeasured_LessTheReserve()
    {
        await using var harness = new AgentHarness();
        harness.Options = harness.Options with { ReserveCpu = 500, ReserveMemory = 1000 };
        harness.Start();
        await harness.Until(() => harness.Node.Session is not null, "a session");

        Assert.Equal(new Resources(3500, 7192, 10_000), harness.Node.Registrations[0].Capacity);
    }
}
