using OrleansCluster.Testing;

namespace OrleansCluster.Tests.Simulation.Api;

public sealed class GangTests : IAsyncLifetime
{
    private readonly SimulatedCluster _cluster = SimulatedCluster.Create(23, new SimulationOptions { Patience = TimeSpan.FromMinutes(30) });

    public async ValueTask InitializeAsync()
    {
        foreach (var node in (string[])["n1", "n2"])
            await _cluster.AddNode(node, Specs.Node);
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Submit_NoRoomForAll_NoneStartsUntilAllCan()
    {
        var other = await _cluster.Submit(Specs.Job("sleep 60", count: 1, cpu: 3000) with { Name = "other" });
        await _cluster.WaitForTask($"{other.Id}.work.0", TaskState.Running);
        var gang = await _cluster.Submit(Gang("sleep 10", count: 3, cpu: 2000));
        await _cluster.Until(async () => await _cluster.Explain($"{gang.Id}.work.2") is not null, "the gang is queued");

        var explanation = await _cluster.Explain($"{gang.Id}.work.1");
        var waiting = await _cluster.ListTasks(gang.Id);
        var ended = await _cluster.WaitForJob(gang.Id);

        Assert.StartsWith("its gang of 3 fits only 2 at a time; for the next, 0/2 nodes: 2 insufficient cpu", explanation!.Summary, StringComparison.Ordinal);
        Assert.EndsWith("; waiting can help", explanation.Summary, StringComparison.Ordinal);
        Assert.All(waiting, task => Assert.Equal(TaskState.Provisioning, task.State));
        Assert.Equal((JobStatus.Succeeded, true), (ended.Status, ended.Tasks[0].Gang));
        Assert.InRange(ended.EndedAt!.Value - ended.CreatedAt, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(90));
    }

    [Fact]
    public async Task Explain_MoreThanTheClusterHas_SaysThatWaitingDoesNotHelp()
    {
        var gang = await _cluster.Submit(Gang("sleep 10", count: 5, cpu: 2000));
        await _cluster.Until(async () => await _cluster.Explain($"{gang.Id}.work.0") is not null, "the gang is queued");

        var explanation = await _cluster.Explain($"{gang.Id}.work.0");

        Assert.False(explanation!.WaitingCanHelp);
        Assert.EndsWith("; waiting will not help: even on empty nodes only 4 fit", explanation.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SmallTasksBehindIt_DoNotKeepItWaiting()
    {
        var other = await _cluster.Submit(Specs.Job("sleep 30", count: 2, cpu: 3000) with { Name = "other" });
        await _cluster.Until(async () => (await _cluster.GetJob(other.Id))!.Tasks[0].Running == 2, "both nodes are nearly full");
        var gang = await _cluster.Submit(Gang("sleep 10", count: 2, cpu: 3000));
        var small = await _cluster.Submit(Specs.Job("sleep 300", count: 8, cpu: 1000) with { Name = "small" });

        var ended = await _cluster.WaitForJob(gang.Id);

        Assert.InRange(ended.EndedAt!.Value - ended.CreatedAt, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60));
        Assert.Equal(JobStatus.Succeeded, (await _cluster.WaitForJob(small.Id)).Status);
    }

    [Fact]
    public async Task NodeLost_AllGoAgainTogether()
    {
        var gang = await _cluster.Submit(Gang("sleep 100", count: 4, cpu: 1000));
        await _cluster.Until(async () => (await _cluster.GetJob(gang.Id))!.Tasks[0].Running == 4, "the gang runs");
        var node = (await _cluster.ListTasks(gang.Id))[0].Node!;

        _cluster.TurnOff(node);
        var ended = await _cluster.WaitForJob(gang.Id);
        var tasks = await _cluster.ListTasks(gang.Id);

        Assert.Equal(JobStatus.Succeeded, ended.Status);
        Assert.All(tasks, task => Assert.Equal((2, 0), (task.Attempt, task.Failures)));
        Assert.All(tasks, task => Assert.Equal(task.EarlierAttempts[0].Node == node ? StopCode.NodeLost : StopCode.GangEnded, task.EarlierAttempts[0].StopCode));
    }

    [Fact]
    public async Task OneFailsAndIsTriedAgain_TheOthersUseUpNoAttempt()
    {
        var gang = await _cluster.Submit(Gang("sleep 50", count: 3, cpu: 1000, new RetrySpec { Attempts = 2, Backoff = 1 }));
        await _cluster.Until(async () => (await _cluster.GetJob(gang.Id))!.Tasks[0].Running == 3, "the gang runs");

        Kill($"{gang.Id}.work.1");
        var ended = await _cluster.WaitForJob(gang.Id);
        var tasks = await _cluster.ListTasks(gang.Id);

        Assert.Equal(JobStatus.Succeeded, ended.Status);
        Assert.Equal([0, 1, 0], tasks.Select(task => task.Failures));
        Assert.Equal([StopCode.GangEnded, StopCode.EssentialContainerExited, StopCode.GangEnded], tasks.Select(task => Assert.Single(task.EarlierAttempts).StopCode));
    }

    [Fact]
    public async Task OneFailsForGood_TheOthersAreStopped()
    {
        var gang = await _cluster.Submit(Gang("sleep 500", count: 3, cpu: 1000));
        await _cluster.Until(async () => (await _cluster.GetJob(gang.Id))!.Tasks[0].Running == 3, "the gang runs");

        Kill($"{gang.Id}.work.2");
        var ended = await _cluster.WaitForJob(gang.Id);
        var tasks = await _cluster.ListTasks(gang.Id);

        Assert.Equal(JobStatus.Failed, ended.Status);
        Assert.InRange(ended.EndedAt!.Value - ended.CreatedAt, TimeSpan.Zero, TimeSpan.FromSeconds(60));
        Assert.Equal([StopCode.GangEnded, StopCode.GangEnded, StopCode.EssentialContainerExited], tasks.Select(task => task.StopCode));
        Assert.Equal("Instance 2 of its gang has failed.", tasks[0].Reason);
    }

    [Fact]
    public async Task Preempted_WholeGangLeaves_AndWholeGangComes()
    {
        var batch = await _cluster.Submit(Gang("sleep 200", count: 4, cpu: 2000));
        await _cluster.Until(async () => (await _cluster.GetJob(batch.Id))!.Tasks[0].Running == 4, "the cluster is full");
        var urgent = await _cluster.Submit(Gang("sleep 20", count: 2, cpu: 1000) with { Name = "urgent", Priority = 80 });

        Assert.Equal(JobStatus.Succeeded, (await _cluster.WaitForJob(urgent.Id)).Status);
        var others = await _cluster.ListTasks(batch.Id);

        Assert.All(others, task => Assert.Contains(Assert.Single(task.EarlierAttempts).StopCode, (StopCode[])[StopCode.Preempted, StopCode.GangEnded]));
        Assert.Equal(JobStatus.Succeeded, (await _cluster.WaitForJob(batch.Id)).Status);
    }

    /// <summary>By hand, as a crash of its program would.</summary>
    private void Kill(string task)
    {
        foreach (var host in _cluster.Hosts)
        {
            foreach (var container in host.Runtime.Running().Where(container => container.Labels.TaskId == task))
                host.Runtime.Simulated.Kill(container.Id);
        }
    }

    private static JobSpec Gang(string script, int count, int cpu, RetrySpec? retry = null)
    {
        var job = Specs.Job(script, count, cpu);
        return job with { Tasks = [job.Tasks[0] with { Gang = true, Retry = retry }] };
    }
}
