using OrleansCluster.Testing;

namespace OrleansCluster.Tests.Simulation.Api;

public sealed class CallTests : IAsyncLifetime
{
    private readonly SimulatedCluster _cluster = SimulatedCluster.Create(5, new SimulationOptions { Patience = TimeSpan.FromMinutes(1) });

    public async ValueTask InitializeAsync() => await _cluster.AddNode("n1", Specs.Node);

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Call_CodeThatAsksGrains_GetsTheirAnswers()
    {
        var state = await _cluster.Call(grains => Cluster(grains).Read(ClusterVersion.None, TimeSpan.Zero, CancellationToken.None));
        await _cluster.Call(grains => Cluster(grains).SetNodeStatus("n1", NodeStatus.Draining));

        Assert.Equal("n1", Assert.Single(state.Nodes).Name);
        Assert.Equal(NodeStatus.Draining, (await _cluster.GetNode("n1"))!.Status);
    }

    [Fact]
    public async Task Call_CodeThatWaitsByTheClock_TakesVirtualTime()
    {
        var before = _cluster.Time;

        await _cluster.Call(_ => Task.Delay(TimeSpan.FromSeconds(30), _cluster.Clock));

        Assert.InRange(_cluster.Time - before, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(31));
    }

    [Fact]
    public async Task Call_CodeThrows_IsThrown()
    {
        var atOnce = await Assert.ThrowsAsync<InvalidOperationException>(() => _cluster.Call<int>(_ => throw new InvalidOperationException("at once")));
        var later = await Assert.ThrowsAsync<InvalidOperationException>(() => _cluster.Call(async _ =>
        {
            await Task.Delay(TimeSpan.FromSeconds(1), _cluster.Clock);
            throw new InvalidOperationException("later");
        }));

        Assert.Equal(("at once", "later"), (atOnce.Message, later.Message));
    }

    [Fact]
    public async Task Call_CodeNeverEnds_FailsTheSimulation()
    {
        var exception = await Assert.ThrowsAsync<SimulationException>(() => _cluster.Call(_ => new TaskCompletionSource().Task));

        Assert.Equal("Expected within 00:01:00 (SimulationOptions.Patience): the code that was called has ended.", exception.Violation);
    }

    [Fact]
    public async Task Call_CodeLeavesTheThread_FailsTheSimulation()
    {
        var exception = await Assert.ThrowsAsync<SimulationException>(() => _cluster.Call(_ => Task.Run(() => 1)));

        Assert.StartsWith("Work escaped to another thread", exception.Violation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_CodeAsksTheClusterItself_IsTold()
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => _cluster.Call(_ => _cluster.ListNodes()));

        Assert.Equal("The simulation runs already: code that runs in it asks grains, not the cluster.", exception.Message);
    }

    [Fact]
    public async Task Call_SiloDiesOrNoneRuns_IsTold()
    {
        var dead = await Assert.ThrowsAsync<IOException>(() => _cluster.Call(async _ =>
        {
            await Task.Delay(TimeSpan.FromSeconds(1), _cluster.Clock);
            _cluster.KillSilo("n1");
            await Task.Delay(TimeSpan.FromSeconds(1), _cluster.Clock);
        }));
        var none = await Assert.ThrowsAsync<IOException>(() => _cluster.Call(_ => Task.CompletedTask));

        Assert.Equal(("The connection to n1#1 broke.", "No silo runs."), (dead.Message, none.Message));
    }

    [Fact]
    public async Task HasScheduler_Off_TasksWaitForTheTestsOwn()
    {
        await using var cluster = SimulatedCluster.Create(1, new SimulationOptions { HasScheduler = false });
        await cluster.AddNode("n1", Specs.Node);
        var job = await cluster.Submit(Specs.Job("sleep 1"));
        cluster.Advance(TimeSpan.FromMinutes(1));
        var task = Assert.Single(await cluster.ListTasks(job.Id));

        var outcome = Assert.Single(await cluster.Call(grains => Cluster(grains).Commit(Claiming(task))));

        Assert.Equal(TaskState.Provisioning, task.State);
        Assert.Null(await cluster.Explain(task.Id));
        Assert.True(outcome.IsCommitted);
        Assert.Equal(JobStatus.Succeeded, (await cluster.WaitForJob(job.Id)).Status);
    }

    private static ClaimTransaction Claiming(TaskView task) => new()
    {
        Scheduler = "test",
        TransactionId = "1",
        DecidedOn = ClusterVersion.None,
        Claims =
        [
            new ClaimRequest { TaskId = task.Id, Attempt = task.Attempt, Node = "n1", Resources = task.Resources, Definition = task.Definition, Team = task.Team },
        ],
    };

    private static IClusterStateGrain Cluster(IGrainFactory grains) => grains.GetGrain<IClusterStateGrain>(GrainKeys.Cluster("default"));
}
