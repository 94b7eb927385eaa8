using System.Collections.Immutable;
using OrleansCluster.Silo.Agent;
using OrleansCluster.Testing;

namespace OrleansCluster.Tests.Simulation;

/// <summary><c>onDisconnect: keep</c> on hosts that are cut off for less and for more time than it takes to declare them lost.</summary>
public sealed class KeepScenarioTests : IAsyncLifetime
{
    private static readonly Resources _size = new(4000, 8192, 0);

    /// <summary>The lease is over then, and the node is not lost yet.</summary>
    private static readonly TimeSpan _pastLease = TimeSpan.FromSeconds(12);
    private readonly SimulatedCluster _cluster = SimulatedCluster.Create(12);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task CutOff_BackBeforeTheNodeIsLost_TheSameContainersGoOn()
    {
        var node = await Run("sleep 60");
        var container = Assert.Single(_cluster.Host(node).Runtime.Running());
        _cluster.CutOff(node, fromDatabase: true);
        _cluster.Advance(_pastLease);
        _cluster.JoinAgain(node, fromDatabase: true);

        Assert.Equal(JobStatus.Succeeded, (await _cluster.WaitForJob("job-a")).Status);
        Assert.Equal(1, (await Find()).Attempt);
        Assert.Equal(container.Id, (await Find()).Containers[0].RuntimeId);
    }

    [Fact]
    public async Task CutOff_TheContainerEndsMeanwhile_ItsExitCodeIsSeenWhenTheNodeIsBack()
    {
        var node = await Run("sleep 20; exit 3");
        _cluster.Advance(TimeSpan.FromSeconds(10));
        _cluster.CutOff(node, fromDatabase: true);
        _cluster.Advance(_pastLease);
        Assert.Empty(_cluster.Host(node).Runtime.Running());
        _cluster.JoinAgain(node, fromDatabase: true);

        Assert.Equal(JobStatus.Failed, (await _cluster.WaitForJob("job-a")).Status);
        Assert.Equal((1, 3), ((await Find()).Attempt, (await Find()).Containers[0].ExitCode));
    }

    [Fact]
    public async Task CutOff_UntilTheNodeIsLost_RunsTwiceAndIsRemovedWhenTheNodeIsBack()
    {
        var node = await Run("sleep 600");
        var kept = Assert.Single(_cluster.Host(node).Runtime.Running()).Labels;
        _cluster.CutOff(node, fromDatabase: true);
        await _cluster.Until(async () => await Find() is { Attempt: 2, State: TaskState.Running }, "the next attempt runs");
        Assert.NotEqual(node, (await Find()).Node);
        Assert.Equal(kept, Assert.Single(_cluster.Host(node).Runtime.Running()).Labels);

        _cluster.JoinAgain(node, fromDatabase: true);
        await _cluster.Until(() => Task.FromResult(_cluster.Host(node).Runtime.Running().IsEmpty), "what was left over is removed");
        Assert.Equal(2, (await Find()).Attempt);
        await _cluster.Call(grains => grains.GetGrain<IJobGrain>(GrainKeys.Job(_cluster.Options.Cluster, "job-a")).Stop("that is enough"));
        _cluster.AssertNothingLeftOver();
    }

    [Fact]
    public async Task SiloIsKilledAndStaysAway_WhatIsKeptRunsOnAndTheRestIsStoppedByTheGuard()
    {
        var node = await Run("sleep 600", DisconnectPolicy.Keep, DisconnectPolicy.Stop);
        Assert.Equal(2, _cluster.Host(node).Runtime.Running().Length);

        // So that the silo cannot join again.
        _cluster.CutOff(node, fromDatabase: true);
        _cluster.KillSilo(node);
        _cluster.Advance(_pastLease);

        Assert.Equal("keep", Assert.Single(Names(_cluster.Host(node).Runtime.Running())));
    }

    [Fact]
    public async Task AllSilosAreAwayFromTheDatabase_ForLongerThanItTakesToLoseANode_TheKeptTaskIsTheSameAfterwards()
    {
        var node = await Run("sleep 120");
        foreach (var host in _cluster.Hosts)
            _cluster.CutOff(host.Name, fromDatabase: true);
        _cluster.Advance(TimeSpan.FromSeconds(40));
        Assert.Single(_cluster.Host(node).Runtime.Running());
        foreach (var host in _cluster.Hosts)
            _cluster.JoinAgain(host.Name, fromDatabase: true);

        Assert.Equal(JobStatus.Succeeded, (await _cluster.WaitForJob("job-a")).Status);
    }

    private static IEnumerable<string> Names(ImmutableArray<ContainerInfo> containers) => containers.Select(info => info.Labels.TaskId.Split('.')[1]);

    /// <returns>The node on which all of it runs.</returns>
    private async Task<string> Run(string script, params DisconnectPolicy[] policies)
    {
        await _cluster.AddNode("n1", _size);
        await _cluster.AddNode("n2", _size);
        await _cluster.AddNode("n3", _size);
        if (policies is [])
            policies = [DisconnectPolicy.Keep];
        await _cluster.Submit("job-a", Job(script, policies));
        await _cluster.Until(async () => (await _cluster.ListTasks("job-a")).Count(task => task.State == TaskState.Running) == policies.Length, "the tasks run");
        return (await _cluster.ListTasks("job-a"))[0].Node!;
    }

    private async Task<TaskView> Find() => Assert.Single(await _cluster.ListTasks("job-a"));

    private static JobSpec Job(string script, DisconnectPolicy[] policies) => new()
    {
        Name = "job",
        Tasks =
        [
            .. policies.Select(policy => new JobTaskSpec
            {
                Name = policy == DisconnectPolicy.Keep ? "keep" : "stop",
                Containers = [new ContainerSpec { Name = "main", Image = "app", Command = ["sh", "-c", script], Resources = new Resources(500, 256, 0) }],
                OnDisconnect = policy,
            }),
        ],
    };
}
