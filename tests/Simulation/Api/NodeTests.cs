using OrleansCluster.Testing;

namespace OrleansCluster.Tests.Simulation.Api;

public sealed class NodeTests : IAsyncLifetime
{
    private readonly SimulatedCluster _cluster = SimulatedCluster.Create(4, new SimulationOptions { Patience = TimeSpan.FromMinutes(2) });

    public async ValueTask InitializeAsync()
    {
        await _cluster.AddNode("n1", Specs.Node);
        await _cluster.AddNode("n2", Specs.Node);
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    public static TheoryData<string> Acts => [.. _acts.Keys];

    private static readonly Dictionary<string, Func<SimulatedCluster, Task>> _acts = new()
    {
        ["KillSilo"] = Done(cluster => cluster.KillSilo("n9")),
        ["TurnOff"] = Done(cluster => cluster.TurnOff("n9")),
        ["TurnOn"] = Done(cluster => cluster.TurnOn("n9")),
        ["CutOff"] = Done(cluster => cluster.CutOff("n9", fromDatabase: true)),
        ["JoinAgain"] = Done(cluster => cluster.JoinAgain("n9", fromDatabase: true)),
        ["Drain"] = cluster => cluster.Drain("n9"),
        ["Undrain"] = cluster => cluster.Undrain("n9"),
    };

    [Theory]
    [MemberData(nameof(Acts))]
    public async Task Act_NoSuchNode_SaysSo(string act)
    {
        var exception = await Assert.ThrowsAsync<ArgumentException>(() => _acts[act](_cluster));

        Assert.StartsWith("There is no node n9.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddNode_NameIsTakenOrAmountsAreNone_SaysWhatIsExpected()
    {
        var taken = await Assert.ThrowsAsync<ArgumentException>(() => _cluster.AddNode("n1", Specs.Node));
        var bad = await Assert.ThrowsAsync<ArgumentException>(() => _cluster.AddNode("n 3", new Resources(0, 1, 0)));

        Assert.StartsWith("There is a node n1 already.", taken.Message, StringComparison.Ordinal);
        Assert.Contains("node is 'n 3'; expected letters, digits and hyphens", bad.Message, StringComparison.Ordinal);
        Assert.Contains("expected CPU and memory above 0", bad.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ListAndGetNodes_SomeRun_ShowWhatIsClaimed()
    {
        var job = await _cluster.Submit(Specs.Job("sleep 10", cpu: 3000));
        var task = await _cluster.WaitForTask($"{job.Id}.work.0", TaskState.Running);

        Assert.Equal(["n1", "n2"], (await _cluster.ListNodes()).Select(node => node.Name));
        Assert.Equal(3000, (await _cluster.GetNode(task.Node!))!.Claimed.Cpu);
        Assert.Equal([task.Id], (await _cluster.GetNode(task.Node!))!.Tasks);
        Assert.Null(await _cluster.GetNode("n9"));
    }

    [Fact]
    public async Task Drain_ThenUndrain_TakesNothingNewMeanwhileAndKeepsWhatItHas()
    {
        var before = await _cluster.Submit(Specs.Job("sleep 30", count: 2, cpu: 3000));
        await _cluster.WaitForTask($"{before.Id}.work.1", TaskState.Running);
        await _cluster.Drain("n1");
        await _cluster.Drain("n1");
        var after = await _cluster.Submit(Specs.Job("true", cpu: 4000));
        await _cluster.Drain("n2");

        Assert.Equal(JobStatus.Succeeded, (await _cluster.WaitForJob(before.Id)).Status);
        Assert.Equal(TaskState.Provisioning, (await _cluster.GetTask($"{after.Id}.work.0"))!.State);
        Assert.Contains("draining", (await _cluster.Explain($"{after.Id}.work.0"))!.Summary, StringComparison.Ordinal);
        await _cluster.Undrain("n1");
        Assert.Equal("n1", (await _cluster.WaitForTask($"{after.Id}.work.0", TaskState.Stopped)).Node);
    }

    [Fact]
    public async Task DrainWithDeadline_TasksThatGoOn_MoveElsewhereWhenItIsOver()
    {
        var job = await _cluster.Submit(Specs.Job("sleep 120", count: 4, cpu: 500));
        await _cluster.Until(async () => (await _cluster.GetJob(job.Id))!.Tasks[0].Running == 4, "all run");
        var node = (await _cluster.GetTask($"{job.Id}.work.0"))!.Node!;

        await _cluster.Drain(node, new NodeDrain { Deadline = 20, OneAtATime = true });
        _cluster.Advance(TimeSpan.FromSeconds(15));
        Assert.All(await _cluster.ListTasks(job.Id), task => Assert.Equal(1, task.Attempt));
        await _cluster.Until(async () => (await _cluster.GetNode(node))!.Drain?.DrainedAt is not null, "the node is drained");

        var moved = (await _cluster.ListTasks(job.Id)).Where(task => task.Attempt > 1).ToList();
        Assert.NotEmpty(moved);
        Assert.All(moved, task => Assert.Equal((StopCode.NodeDraining, node), (task.EarlierAttempts[0].StopCode, task.EarlierAttempts[0].Node)));
        Assert.All(moved, task => Assert.NotEqual(node, task.Node));
        Assert.Equal(JobStatus.Succeeded, (await _cluster.WaitForJob(job.Id)).Status);
        await _cluster.Activate(node);
        Assert.Equal((NodeStatus.Active, null), ((await _cluster.GetNode(node))!.Status, (await _cluster.GetNode(node))!.Drain));
    }

    [Fact]
    public async Task Drain_HostWasOffMeanwhile_StaysOutOfService()
    {
        await _cluster.Drain("n1", new NodeDrain());
        _cluster.TurnOff("n1");
        await _cluster.Until(async () => (await _cluster.GetNode("n1"))!.Status == NodeStatus.Lost, "n1 is lost");
        _cluster.TurnOn("n1");

        await _cluster.Until(async () => (await _cluster.GetNode("n1"))!.Status == NodeStatus.Draining, "n1 is back and drains");
        await _cluster.Activate("n1");
        Assert.Equal(NodeStatus.Active, (await _cluster.GetNode("n1"))!.Status);
    }

    [Fact]
    public async Task Drain_NodeIsLost_IsRefused()
    {
        _cluster.TurnOff("n1");
        await _cluster.Until(async () => (await _cluster.GetNode("n1"))!.Status == NodeStatus.Lost, "n1 is lost");

        var drained = await Assert.ThrowsAsync<InvalidOperationException>(() => _cluster.Drain("n1"));
        _cluster.TurnOn("n1");
        await _cluster.Until(async () => (await _cluster.GetNode("n1"))!.Status == NodeStatus.Active, "n1 is back");

        Assert.Equal("Node n1 is Lost; only one that is Active becomes Draining.", drained.Message);
    }

    [Fact]
    public async Task CutOff_ManyAtOnceForAMoment_OnlySomeOfThemAreMoved()
    {
        for (var i = 3; i <= 14; i++)
            await _cluster.AddNode($"n{i}", Specs.Node);
        var job = await _cluster.Submit(Specs.Job("sleep 600", count: 14, cpu: 4000));
        await _cluster.Until(async () => (await _cluster.GetJob(job.Id))!.Tasks[0].Running == 14, "all run");

        for (var i = 3; i <= 14; i++)
            _cluster.CutOff($"n{i}", fromDatabase: false);
        _cluster.Advance(TimeSpan.FromSeconds(45));
        var lost = (await _cluster.ListNodes()).Count(node => node.Status == NodeStatus.Lost);
        for (var i = 3; i <= 14; i++)
            _cluster.JoinAgain($"n{i}", fromDatabase: false);
        await _cluster.Until(async () => (await _cluster.ListNodes()).All(node => node.Status == NodeStatus.Active), "all are back");

        Assert.InRange(lost, 5, 8);
    }

    [Fact]
    public async Task KillSilo_ContainersRunOn_TheAttemptGoesOnToItsEnd()
    {
        var job = await _cluster.Submit(Specs.Job("sleep 30"));
        var task = await _cluster.WaitForTask($"{job.Id}.work.0", TaskState.Running);

        _cluster.KillSilo(task.Node!);
        await _cluster.WaitForJob(job.Id);

        Assert.Equal(1, (await _cluster.GetTask(task.Id))!.Attempt);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task CutOff_ForLong_ItsTasksGoElsewhereAndItComesBack(bool fromDatabase)
    {
        var job = await _cluster.Submit(Specs.Job("sleep 60"));
        var before = await _cluster.WaitForTask($"{job.Id}.work.0", TaskState.Running);
        await _cluster.AddNode("n3", Specs.Node);

        _cluster.CutOff(before.Node!, fromDatabase);
        await _cluster.Until(async () => (await _cluster.GetTask(before.Id)) is { Attempt: 2, State: TaskState.Running }, "it runs elsewhere");
        _cluster.JoinAgain(before.Node!, fromDatabase);
        await _cluster.Until(async () => (await _cluster.GetNode(before.Node!))!.Status == NodeStatus.Active, "the node is back");

        Assert.Equal(JobStatus.Succeeded, (await _cluster.WaitForJob(job.Id)).Status);
        _cluster.AssertNothingLeftOver();
    }

    [Fact]
    public async Task SetDatabase_AwayAndBack_RequestsWaitForIt()
    {
        _cluster.SetDatabase(isAway: true);
        _cluster.Advance(TimeSpan.FromSeconds(5));
        var late = await Assert.ThrowsAsync<SimulationException>(() => _cluster.Submit("job-a", Specs.Job("true")));
        _cluster.SetDatabase(isAway: false);

        var job = await _cluster.Submit("job-a", Specs.Job("true"));

        Assert.Contains("an answer of a silo. The last failure was ", late.Violation, StringComparison.Ordinal);
        Assert.Equal(JobStatus.Succeeded, (await _cluster.WaitForJob(job.Value!.Id)).Status);
    }

    private static Func<SimulatedCluster, Task> Done(Action<SimulatedCluster> act) => cluster =>
    {
        act(cluster);
        return Task.CompletedTask;
    };
}
