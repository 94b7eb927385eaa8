using Microsoft.Extensions.DependencyInjection;
using OrleansCluster.Silo.Agent;
using static OrleansCluster.Tests.Unit.Agent.Samples;

namespace OrleansCluster.Tests.Unit.Agent;

/// <summary>What gets lost, breaks or is refused on the way, and costs time but no task.</summary>
public sealed class AgentFaultTests
{
    private static readonly TimeSpan _tick = TimeSpan.FromMilliseconds(50);

    [Fact]
    public async Task Run_ReportsGetLost_TheyAreRepeated()
    {
        await using var harness = new AgentHarness();
        harness.Node.ReportsToLose = 3;
        var claim = harness.Define(Container("main", "sleep", "600"));
        harness.Start();
        harness.Node.Assign(claim);

        await harness.Until(() => harness.Node.LastOf(claim)?.State == TaskState.Running, "RUNNING after three lost reports", _tick);

        Assert.Equal(1, harness.Runtime.Count("start"));
    }

    [Fact]
    public async Task Run_EventsGetLost_TheReconcileFindsTheEnd()
    {
        await using var harness = new AgentHarness();
        harness.Runtime.EventsAreLost = true;
        var claim = harness.Define(Container("main", "sleep", "100"));
        harness.Start();
        harness.Node.Assign(claim);
        await harness.UntilState(claim, TaskState.Running);

        await harness.Until(() => harness.Node.LastOf(claim)?.State == TaskState.Stopped, "STOPPED by the listing", TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Run_TheEventStreamBreaks_ItIsOpenedAgain()
    {
        await using var harness = new AgentHarness();
        var failures = 2;
        harness.Runtime.Before = (call, _) =>
            call == "watch" && Interlocked.Decrement(ref failures) >= 0 ? throw new RuntimeUnavailableException("broken") : Task.CompletedTask;
        harness.Start();

        await harness.Until(() => harness.Runtime.Count("watch") == 3, "the third try", _tick);
    }

    [Fact]
    public async Task Run_TheImageIsNotHere_IsPulledOnceAndLaunched()
    {
        await using var harness = new AgentHarness();
        var claim = harness.Define(Container("main", "sleep", "600"));
        harness.Runtime.Before = (call, _) => call == "create" && harness.Runtime.Count("ensure") == 0
            ? throw new ContainerException(ContainerFailure.Image, "not here")
            : Task.CompletedTask;
        harness.Start();
        harness.Node.Assign(claim);
        await harness.UntilState(claim, TaskState.Running);

        Assert.Equal(["create main", "ensure busybox", "create main", "start main"], CallsFor(harness, "create", "ensure", "start"));
    }

    [Fact]
    public async Task Run_TheRuntimeGoesAwayDuringAPull_ThePullIsTriedAgain()
    {
        await using var harness = new AgentHarness();
        var claim = harness.Define(Container("main", "sleep", "600"));
        harness.Runtime.Before = (call, _) => (call, harness.Runtime.Count("ensure")) switch
        {
            ("create", < 2) => throw new ContainerException(ContainerFailure.Image, "not here"),
            ("ensure", 1) => throw new RuntimeUnavailableException("away"),
            _ => Task.CompletedTask,
        };
        harness.Start();
        harness.Node.Assign(claim);

        await harness.Until(() => harness.Node.LastOf(claim)?.State == TaskState.Running, "RUNNING after the second pull", _tick);
    }

    [Fact]
    public async Task Run_AStopDuringAPull_EndsThePull()
    {
        await using var harness = new AgentHarness();
        var claim = harness.Define(Container("main", "sleep", "600"));
        harness.Runtime.Before = (call, _) => call switch
        {
            "create" => throw new ContainerException(ContainerFailure.Image, "not here"),
            "ensure" => new TaskCompletionSource().Task,
            _ => Task.CompletedTask,
        };
        harness.Start();
        harness.Node.Assign(claim);
        await harness.Until(() => harness.Runtime.Count("ensure") == 1, "the pull");
        harness.Node.Stop(claim);
        await harness.UntilState(claim, TaskState.Stopped);

        Assert.Null(harness.Node.LastOf(claim)!.StopCode);
    }

    [Fact]
    public async Task Run_AStartIsRefused_FailsTheTaskAndRemovesTheContainer()
    {
        await using var harness = new AgentHarness();
        var claim = harness.Define(Container("main", "sleep", "600"));
        harness.Runtime.Before = (call, _) => call == "start" ? throw new ContainerException(ContainerFailure.Start, "port is already allocated") : Task.CompletedTask;
        harness.Start();
        harness.Node.Assign(claim);
        await harness.UntilState(claim, TaskState.Stopped);
        await harness.UntilGone(claim);

        Assert.Equal(StopCode.TaskFailedToStart, harness.Node.LastOf(claim)!.StopCode);
        Assert.Equal("CannotStartContainerError: port is already allocated", harness.Node.LastOf(claim)!.Reason);
    }

    [Fact]
    public async Task Run_AStartWhoseAnswerGotLost_IsNotMistakenForNone()
    {
        await using var harness = new AgentHarness();
        var claim = harness.Define(Container("main", "sleep", "600"));
        harness.Runtime.Before = async (call, _) =>
        {
            if (call != "start" || harness.Runtime.Count("start") > 1)
                return;
            await harness.Simulated.Start(harness.ContainersOf(claim)[0].Id, CancellationToken.None);
            harness.Node.Stop(claim);
            throw new RuntimeUnavailableException("the answer got lost");
        };
        harness.Start();
        harness.Node.Assign(claim);
        await harness.Until(() => harness.Node.LastOf(claim)?.State == TaskState.Stopped, "STOPPED", _tick);

        Assert.Equal(1, harness.Runtime.Count("stop"));
        Assert.Equal(143, harness.Node.LastOf(claim)!.Containers[0].ExitCode);
    }

    [Fact]
    public void AddAgents_WrongOptions_NamesThemAll()
    {
        var options = new AgentOptions { Cluster = "", Node = "", DataDirectory = "/data" };

        var refused = Assert.Throws<ArgumentException>(() => new ServiceCollection().AddAgents([options], (_, _) => throw new InvalidOperationException()));

        Assert.Contains("/agents/0/cluster", refused.Message);
        Assert.Contains("/agents/0/node", refused.Message);
    }

    private static IEnumerable<string> CallsFor(AgentHarness harness, params string[] calls) =>
        harness.Runtime.Calls.Where(made => calls.Contains(made.Split(' ')[0]));
}
