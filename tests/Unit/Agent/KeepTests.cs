using static OrleansCluster.Tests.Unit.Agent.Samples;

namespace OrleansCluster.Tests.Unit.Agent;

/// <summary><c>onDisconnect: keep</c>: containers run on while the node is cut off, and what has become of them meanwhile is found out afterwards.</summary>
public sealed class KeepTests
{
    private static readonly TimeSpan _step = TimeSpan.FromMilliseconds(100);

    [Fact]
    public async Task Run_TheLeaseCannotBeRenewed_StopsOnlyWhatIsNotKept()
    {
        await using var harness = new AgentHarness();
        var other = harness.Define(Container("main", "sleep", "600"));
        var kept = Keep(harness, Container("kept", "sleep", "600"));
        harness.Start();
        harness.Node.Assign(kept, other);
        await harness.UntilState(kept, TaskState.Running);
        await harness.UntilState(other, TaskState.Running);

        await CutOff(harness, other);
        Assert.Equal(ContainerStatus.Running, Assert.Single(harness.ContainersOf(kept)).Status);

        harness.Node.IsUnreachable = false;
        var reports = harness.Node.ObservationsOf(kept).Length;
        await harness.Until(() => harness.Node.ObservationsOf(kept).Length > reports, "the kept task is reported again", _step);
        Assert.Equal(TaskState.Running, harness.Node.LastOf(kept)!.State);
        Assert.Equal(2, harness.Runtime.Count("start"));
        Assert.Single(harness.Runtime.Calls, call => call.StartsWith("stop", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_AKeptTaskEndsWhileTheNodeIsCutOff_ItsExitIsSeenWhenItIsBack()
    {
        await using var harness = new AgentHarness();
        var other = harness.Define(Container("main", "sleep", "600"));
        var kept = Keep(harness, Container("main", "sh", "-c", "sleep 12; exit 4"));
        harness.Start();
        harness.Node.Assign(kept, other);
        await harness.UntilState(kept, TaskState.Running);
        await harness.UntilState(other, TaskState.Running);
        await CutOff(harness, other);
        await harness.Until(() => harness.ContainersOf(kept) is [{ Status: ContainerStatus.Stopped }], "the kept container ended", _step);

        harness.Node.IsUnreachable = false;
        await harness.Until(() => harness.Node.LastOf(kept)?.State == TaskState.Stopped, "STOPPED after it is back", _step);
        Assert.Equal(StopCode.EssentialContainerExited, harness.Node.LastOf(kept)!.StopCode);
        Assert.Equal(4, harness.Node.LastOf(kept)!.Containers[0].ExitCode);
        await harness.UntilGone(kept);
    }

    [Fact]
    public async Task Run_BackAfterTheNodeWasLost_RemovesWhatWasKeptBeforeAnythingIsLaunched()
    {
        await using var harness = new AgentHarness();
        var other = harness.Define(Container("main", "sleep", "600"));
        var kept = Keep(harness, Container("kept", "sleep", "600"));
        harness.Start();
        harness.Node.Assign(kept, other);
        await harness.UntilState(kept, TaskState.Running);
        await harness.UntilState(other, TaskState.Running);
        await CutOff(harness, other);

        var next = kept with { Attempt = 2 };
        harness.Node.Unassign(kept);
        harness.Node.Assign(next);
        var calls = harness.Runtime.Calls.Count;
        harness.Node.IsUnreachable = false;
        await harness.Until(() => harness.ContainersOf(next) is [{ Status: ContainerStatus.Running }], "the next attempt runs here", _step);
        await harness.UntilGone(kept);
        Assert.Equal(["remove kept", "create kept"], ChangesAfter(harness, calls));
    }

    [Fact]
    public async Task Start_ANewAgentAfterTheNodeWasLost_RemovesWhatWasKeptBeforeAnythingIsLaunched()
    {
        await using var harness = new AgentHarness();
        var kept = Keep(harness, Container("kept", "sleep", "600"));
        harness.Start();
        harness.Node.Assign(kept);
        await harness.UntilState(kept, TaskState.Running);
        await harness.Stop();

        var next = kept with { Attempt = 2 };
        harness.Node.Unassign(kept);
        harness.Node.Assign(next);
        var calls = harness.Runtime.Calls.Count;
        harness.Start();
        await harness.Until(() => harness.ContainersOf(next) is [{ Status: ContainerStatus.Running }], "the next attempt runs here", _step);
        Assert.Empty(harness.ContainersOf(kept));
        Assert.Equal(["remove kept", "create kept"], ChangesAfter(harness, calls));
    }

    [Fact]
    public async Task Run_CutOffBeforeTheDefinitionOfAnAdoptedTaskWasRead_IsKeptByItsLabels()
    {
        await using var harness = new AgentHarness();
        var other = harness.Define(Container("main", "sleep", "600"));
        var kept = Keep(harness, Container("kept", "sleep", "600"));
        harness.Start();
        harness.Node.Assign(kept, other);
        await harness.UntilState(kept, TaskState.Running);
        await harness.UntilState(other, TaskState.Running);
        await harness.Stop();

        harness.DefinitionsHang = true;
        harness.Start();
        await harness.Until(() => harness.Node.Registrations.Count == 2 && harness.Runtime.Count("list") >= 2, "the second agent has adopted");
        await CutOff(harness, other);
        Assert.Equal(ContainerStatus.Running, Assert.Single(harness.ContainersOf(kept)).Status);
    }

    [Fact]
    public async Task Run_CutOffBetweenTwoContainersOfAKeptTask_StartsTheSecondOnlyWhenTheManagerAgreesAgain()
    {
        await using var harness = new AgentHarness();
        var other = harness.Define(Container("main", "sleep", "600"));
        var kept = Keep(harness, Container("first", "sleep", "11"), Container("second", "sleep", "600").After("first", ContainerCondition.Success));
        harness.Start();
        harness.Node.Assign(kept, other);
        await harness.Until(() => harness.ContainersOf(kept) is [{ Status: ContainerStatus.Running }], "the first container runs");
        await harness.UntilState(other, TaskState.Running);
        await CutOff(harness, other);
        await harness.Until(() => harness.ContainersOf(kept) is [{ Status: ContainerStatus.Stopped }], "the first container ended", _step);
        harness.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Single(harness.ContainersOf(kept));

        harness.Node.IsUnreachable = false;
        await harness.Until(() => harness.ContainersOf(kept).Any(info => info is { Labels.Container: "second", Status: ContainerStatus.Running }), "the second container runs", _step);
    }

    private static Claim Keep(AgentHarness harness, params ContainerSpec[] containers)
    {
        harness.OnDisconnect = DisconnectPolicy.Keep;
        var claim = harness.Define([.. containers.Select(container => container with { Essential = container.Name != "first" })]);
        harness.OnDisconnect = DisconnectPolicy.Stop;
        return claim;
    }

    /// <summary>Until the lease is over, as a task shows that is not kept.</summary>
    private static async Task CutOff(AgentHarness harness, Claim fenced)
    {
        harness.Node.IsUnreachable = true;
        harness.Clock.Advance(harness.Node.Lease);
        await harness.Until(() => harness.ContainersOf(fenced) is [{ Status: ContainerStatus.Stopped }], "what is not kept was stopped");
    }

    private static IEnumerable<string> ChangesAfter(AgentHarness harness, int calls) => harness.Runtime.Calls.Skip(calls).Where(call => call is "remove kept" or "create kept");
}
