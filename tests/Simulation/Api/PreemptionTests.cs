using OrleansCluster.Testing;

namespace OrleansCluster.Tests.Simulation.Api;

public sealed class PreemptionTests : IAsyncLifetime
{
    private readonly SimulatedCluster _cluster = SimulatedCluster.Create(11, new SimulationOptions { Patience = TimeSpan.FromMinutes(20) });

    public async ValueTask InitializeAsync() => await _cluster.AddNode("n1", Specs.Node);

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Submit_ProductionOnAFullNode_TakesThePlaceOfNoMoreBatchThanItNeeds()
    {
        var batch = await _cluster.Submit(Specs.Job("sleep 300", count: 4, cpu: 1000) with { Name = "batch" });
        await _cluster.Until(async () => (await _cluster.GetJob(batch.Id))!.Tasks[0].Running == 4, "the node is full");
        var urgent = await _cluster.Submit(Specs.Job("sleep 20", count: 2, cpu: 1000) with { Name = "urgent", Priority = 80 });

        var ended = await _cluster.WaitForJob(urgent.Id);
        var others = await _cluster.ListTasks(batch.Id);

        Assert.Equal(JobStatus.Succeeded, ended.Status);
        Assert.InRange(ended.EndedAt!.Value - ended.CreatedAt, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(60));
        Assert.Equal(2, others.Count(task => task.EarlierAttempts is [{ StopCode: StopCode.Preempted }]));
        Assert.All(others, task => Assert.Equal(0, task.Failures));
        Assert.Equal(JobStatus.Succeeded, (await _cluster.WaitForJob(batch.Id)).Status);
    }

    [Fact]
    public async Task Submit_SameBand_Waits()
    {
        var first = await _cluster.Submit(Specs.Job("sleep 60", count: 4, cpu: 1000) with { Name = "first", Priority = 75 });
        await _cluster.Until(async () => (await _cluster.GetJob(first.Id))!.Tasks[0].Running == 4, "the node is full");
        var second = await _cluster.Submit(Specs.Job("true", cpu: 1000) with { Name = "second", Priority = 89 });

        Assert.Equal(JobStatus.Succeeded, (await _cluster.WaitForJob(second.Id)).Status);
        Assert.All(await _cluster.ListTasks(first.Id), task => Assert.Empty(task.EarlierAttempts));
    }

    [Fact]
    public async Task Explain_WhileOthersLeave_SaysWhoAndWhere()
    {
        var batch = await _cluster.Submit(Job("batch", "trap '' TERM; sleep 300", 4000, 50, stopTimeout: 60));
        await _cluster.WaitForTask($"{batch.Id}.work.0", TaskState.Running);
        var urgent = await _cluster.Submit(Job("urgent", "true", 1000, 80, stopTimeout: 1));
        await _cluster.Until(async () => (await _cluster.GetTask($"{batch.Id}.work.0"))!.Evicted == StopCode.Preempted, "the batch task is told to leave");

        var explanation = await _cluster.Explain($"{urgent.Id}.work.0");

        Assert.Equal(("n1", $"{batch.Id}.work.0"), (explanation!.Preemption!.Node, Assert.Single(explanation.Preemption.Victims).TaskId));
        Assert.EndsWith($"goes to n1 when {batch.Id}.work.0 has left", explanation.Summary, StringComparison.Ordinal);
        Assert.Equal(JobStatus.Succeeded, (await _cluster.WaitForJob(urgent.Id)).Status);
    }

    [Fact]
    public async Task Preempted_RoomThatFreesUpBitByBit_IsNotTakenByOthers()
    {
        var batch = await _cluster.Submit(Job("batch", "trap '' TERM; sleep 1000", 2000, 50, stopTimeout: 20, count: 2));
        await _cluster.Until(async () => (await _cluster.GetJob(batch.Id))!.Tasks[0].Running == 2, "the node is full");
        var urgent = await _cluster.Submit(Job("urgent", "sleep 5", 4000, 80, stopTimeout: 1));
        var small = await _cluster.Submit(Job("small", "sleep 500", 500, 50, stopTimeout: 1, count: 8));

        var ended = await _cluster.WaitForJob(urgent.Id);

        Assert.InRange(ended.EndedAt!.Value - ended.CreatedAt, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(60));
        Assert.All(await _cluster.ListTasks(small.Id), task => Assert.True(task.PlacedAt is null || task.PlacedAt >= ended.EndedAt!.Value.AddSeconds(-10), "it took the room"));
    }

    private static JobSpec Job(string name, string script, int cpu, int priority, int stopTimeout, int count = 1)
    {
        var job = Specs.Job(script, count, cpu);
        return job with
        {
            Name = name,
            Priority = priority,
            Tasks = [job.Tasks[0] with { Containers = [job.Tasks[0].Containers[0] with { StopTimeout = stopTimeout }] }],
        };
    }
}
