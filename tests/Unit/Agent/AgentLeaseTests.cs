using static OrleansCluster.Tests.Unit.Agent.Samples;

namespace OrleansCluster.Tests.Unit.Agent;

/// <summary>The lease: renewed in time, fenced when it cannot be, and never both sides at once.</summary>
public sealed class AgentLeaseTests
{
    [Fact]
    public async Task Run_TheLeaseIsRenewed_TasksRunOn()
    {
        await using var harness = new AgentHarness();
        var claim = harness.Define(Container("main", "sleep", "600"));
        harness.Start();
        harness.Node.Assign(claim);
        await harness.UntilState(claim, TaskState.Running);
        for (var renewals = 1; renewals <= 9; renewals++)
        {
            harness.Clock.Advance(harness.Node.Lease / 3);
            await harness.Until(() => harness.Node.Renewals >= renewals, $"renewal {renewals}");
        }

        Assert.Single(harness.Node.Registrations);
        Assert.Equal(0, harness.Runtime.Count("stop"));
    }

    [Fact]
    public async Task Run_TheLeaseCannotBeRenewed_StopsTheTasksAtOnceAndSaysSoWhenItIsBack()
    {
        await using var harness = new AgentHarness();
        var claim = harness.Define(Container("db", "sleep", "600"), Container("app", "sleep", "600").After("db", ContainerCondition.Start));
        var registered = harness.Clock.GetUtcNow();
        harness.Start();
        harness.Node.Assign(claim);
        await harness.UntilState(claim, TaskState.Running);

        harness.Node.IsUnreachable = true;
        harness.Clock.Advance(registered + harness.Node.Lease - TimeSpan.FromMilliseconds(1) - harness.Clock.GetUtcNow());
        Assert.Equal(0, harness.Runtime.Count("stop"));
        harness.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await harness.Until(() => harness.ContainersOf(claim).All(info => info.Status == ContainerStatus.Stopped), "both containers stopped");
        Assert.Equal(["stop app 1", "stop db 1"], harness.Runtime.Calls.Where(call => call.StartsWith("stop", StringComparison.Ordinal)).Order());

        harness.Node.IsUnreachable = false;
        await harness.Until(() => harness.Node.LastOf(claim)?.State == TaskState.Stopped, "STOPPED after it is back", TimeSpan.FromMilliseconds(100));
        Assert.Equal(StopCode.AgentStopped, harness.Node.LastOf(claim)!.StopCode);
        Assert.Equal(2, harness.Node.Registrations.Count);
        Assert.NotEqual(harness.Node.Registrations[0].Session, harness.Node.Registrations[1].Session);
        await harness.UntilGone(claim);
    }

    [Fact]
    public async Task Run_FencedWhileAStopTakesItsTime_HurriesUp()
    {
        await using var harness = new AgentHarness();
        var claim = harness.Define(Container("main", "sleep", "600"));
        var slow = new TaskCompletionSource();
        harness.Runtime.Before = (call, name) => call == "stop" && name.EndsWith(" 30", StringComparison.Ordinal) ? slow.Task : Task.CompletedTask;
        harness.Start();
        harness.Node.Assign(claim);
        await harness.UntilState(claim, TaskState.Running);
        harness.Node.Stop(claim);
        await harness.Until(() => harness.Runtime.Calls.Contains("stop main 30"), "the ordinary stop");

        harness.Node.IsUnreachable = true;
        harness.Clock.Advance(harness.Node.Lease);
        await harness.Until(() => harness.Runtime.Calls.Contains("stop main 1"), "the hurried stop");
        await harness.Until(() => harness.ContainersOf(claim).All(info => info.Status == ContainerStatus.Stopped), "the container stopped");
    }

    [Fact]
    public async Task Run_ApprovedInASessionThatEnded_AsksAgainBeforeItLaunches()
    {
        await using var harness = new AgentHarness();
        harness.Options = harness.Options with { LaunchesAtOnce = 1 };
        var first = harness.Define(Container("main", "sleep", "600"));
        var second = harness.Define(Container("main", "sleep", "600"));
        var hold = new TaskCompletionSource();
        harness.Runtime.Before = (call, _) => call == "create" && harness.Runtime.Count("create") == 1 ? hold.Task : Task.CompletedTask;
        harness.Start();
        harness.Node.Assign(first, second);
        await harness.Until(() => harness.Node.LastOf(first) is not null && harness.Node.LastOf(second) is not null, "both asked");
        await harness.Until(() => harness.Runtime.Count("create") == 1, "the first launch under way");

        harness.Node.Refused.Add(second.Id);
        harness.Node.EndSession();
        await harness.Until(() => harness.Node.Registrations.Count == 2, "a second session", TimeSpan.FromMilliseconds(100));
        hold.SetResult();
        await harness.Until(() => harness.Node.LastOf(second)?.State == TaskState.Stopped, "the second is given up");

        Assert.DoesNotContain(harness.Runtime.Launches.Values, launch => launch.Labels.TaskId == second.TaskId);
    }

    [Fact]
    public async Task Run_TheSessionIsTaken_RegistersAgainAndKeepsWhatIsClaimed()
    {
        await using var harness = new AgentHarness();
        var claim = harness.Define(Container("main", "sleep", "600"));
        harness.Start();
        harness.Node.Assign(claim);
        await harness.UntilState(claim, TaskState.Running);
        harness.Node.EndSession();
        await harness.Until(() => harness.Node.Registrations.Count == 2, "a second session", TimeSpan.FromMilliseconds(100));
        await harness.Until(() => harness.Node.ObservationsOf(claim).Count(observation => observation.State == TaskState.Running) >= 2, "RUNNING reported again", TimeSpan.FromMilliseconds(2));

        Assert.Equal(0, harness.Runtime.Count("stop"));
        Assert.Equal(1, harness.Runtime.Count("start"));
    }

    [Fact]
    public async Task Run_FencedBeforeTheDefinitionOfAnAdoptedTaskWasRead_StopsItAllTheSame()
    {
        await using var harness = new AgentHarness();
        var claim = harness.Define(Container("main", "sleep", "600"));
        harness.Start();
        harness.Node.Assign(claim);
        await harness.UntilState(claim, TaskState.Running);
        await harness.Stop();

        harness.DefinitionsHang = true;
        harness.Start();
        await harness.Until(() => harness.Node.Registrations.Count == 2 && harness.Runtime.Count("list") >= 2, "the second agent has adopted");
        harness.Node.IsUnreachable = true;
        harness.Clock.Advance(harness.Node.Lease);
        await harness.Until(() => harness.ContainersOf(claim).All(info => info.Status == ContainerStatus.Stopped), "the container stopped");
    }

    [Fact]
    public async Task Run_TheSessionEndsAndNoOtherCanBegin_StopsTheTasksWhenTheLeaseIsOver()
    {
        await using var harness = new AgentHarness();
        var claim = harness.Define(Container("main", "sleep", "600"));
        harness.Start();
        harness.Node.Assign(claim);
        await harness.UntilState(claim, TaskState.Running);

        // Told while the node can still be reached: it registers again a second after the last time, by a clock that stands still.
        harness.Node.EndSession();
        await harness.Until(() => harness.Node.Refusals == 1, "the agent was told");
        harness.Node.IsUnreachable = true;
        harness.Clock.Advance(harness.Node.Lease);
        await harness.Until(() => harness.ContainersOf(claim).All(info => info.Status == ContainerStatus.Stopped), "the container stopped");
    }

    [Fact]
    public async Task Run_TheSessionIsTakenAgainAndAgain_RegistersOnceASecond()
    {
        await using var harness = new AgentHarness();
        harness.Node.EndsSessionsAtOnce = true;
        harness.Start();
        for (var seconds = 1; seconds <= 5; seconds++)
        {
            await harness.Until(() => harness.Node.Registrations.Count == seconds, $"registration {seconds}");
            await harness.Until(() => harness.Node.Refusals >= seconds, $"refusal {seconds}");
            harness.Clock.Advance(TimeSpan.FromSeconds(1));
        }
    }
}
