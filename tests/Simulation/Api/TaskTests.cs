using OrleansCluster.Testing;

namespace OrleansCluster.Tests.Simulation.Api;

public sealed class TaskTests : IAsyncLifetime
{
    private readonly SimulatedCluster _cluster = SimulatedCluster.Create(3, new SimulationOptions { Patience = TimeSpan.FromSeconds(30) });

    public async ValueTask InitializeAsync() => await _cluster.AddNode("n1", Specs.Node);

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task WaitForTask_UntilItRunsAndUntilItsEnd_IsThere()
    {
        var job = await _cluster.Submit(Specs.Job("sleep 5"));

        var running = await _cluster.WaitForTask($"{job.Id}.work.0", TaskState.Running);
        var time = _cluster.Time;
        var stopped = await _cluster.WaitForTask(running.Id, TaskState.Stopped);

        Assert.Equal((TaskState.Running, "n1"), (running.State, running.Node));
        Assert.True(stopped.Succeeded);
        Assert.InRange(_cluster.Time - time, TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(6));
        Assert.Equal(stopped.StoppedAt, (await _cluster.GetTask(running.Id))!.StoppedAt);
    }

    [Theory]
    [InlineData("job-a.work", "'job-a.work' is no task's id; expected JOB.NAME.INDEX.")]
    [InlineData("none.work.0", "There is no job none.")]
    [InlineData("job-a.play.0", "Job job-a has no task play.0.")]
    [InlineData("job-a.work.1", "Job job-a has no task work.1.")]
    public async Task WaitForTask_NoSuchTask_IsSaidAtOnce(string taskId, string expected)
    {
        await _cluster.Submit("job-a", Specs.Job("true"));

        var exception = await Assert.ThrowsAsync<ArgumentException>(() => _cluster.WaitForTask(taskId, TaskState.Running));

        Assert.StartsWith(expected, exception.Message, StringComparison.Ordinal);
        Assert.Null(await _cluster.GetTask(taskId));
    }

    [Fact]
    public async Task WaitForTask_ItsJobEndsWithoutIt_SaysSo()
    {
        var first = Specs.Job("exit 1").Tasks[0];
        var job = await _cluster.Submit(new JobSpec { Name = "job", Tasks = [first, first with { Name = "later", DependsOn = ["work"] }] });

        var exception = await Assert.ThrowsAsync<SimulationException>(() => _cluster.WaitForTask($"{job.Id}.later.0", TaskState.Running));

        Assert.Equal($"Job {job.Id} has ended without starting task {job.Id}.later.0.", exception.Violation);
    }

    [Fact]
    public async Task StopTask_ItRuns_EndsByTheUser()
    {
        var job = await _cluster.Submit(Specs.Job("sleep 1000000"));
        await _cluster.WaitForTask($"{job.Id}.work.0", TaskState.Running);

        var answer = await _cluster.StopTask($"{job.Id}.work.0", "enough");
        var task = await _cluster.WaitForTask($"{job.Id}.work.0", TaskState.Stopped);

        Assert.True(answer.IsAccepted);
        Assert.Equal(StopCode.UserInitiated, task.StopCode);
        Assert.Equal(RefusalKind.NotFound, (await _cluster.StopTask($"{job.Id}.work.7", "no")).Refusal!.Kind);
    }

    [Fact]
    public async Task Explain_TaskThatWaits_SaysWhy()
    {
        var job = await _cluster.Submit(Specs.Job("true", cpu: 5000));
        await _cluster.WaitForTask($"{job.Id}.work.0", TaskState.Provisioning);
        _cluster.Advance(TimeSpan.FromSeconds(1));

        Assert.False((await _cluster.Explain($"{job.Id}.work.0"))!.WaitingCanHelp);
        Assert.Null(await _cluster.Explain("none.work.0"));
    }

    [Fact]
    public async Task ListEvents_OfOneJobOrAfterOne_AreThoseInOrder()
    {
        var first = await _cluster.Submit(Specs.Job("true"));
        var second = await _cluster.Submit(Specs.Job("true", count: 200, cpu: 10));
        await _cluster.WaitForJob(first.Id);
        await _cluster.WaitForJob(second.Id);

        var all = await _cluster.ListEvents();
        var ofFirst = await _cluster.ListEvents(first.Id);
        var later = await _cluster.ListEvents(after: all[^10].Sequence);

        Assert.True(all.Count > 1000, $"{all.Count}");
        Assert.Equal(all.Select(entry => entry.Sequence).Order(), all.Select(entry => entry.Sequence));
        Assert.Equal("job.succeeded", ofFirst[^1].Type);
        Assert.All(ofFirst, entry => Assert.Equal(first.Id, entry.Job));
        Assert.Contains(ofFirst, entry => entry.Type == "task.running" && entry.Data.GetProperty("node").GetString() == "n1");
        Assert.Contains(all, entry => entry is { Type: "node.joined", Subject: "n1" });
        Assert.Equal(9, later.Count);
    }

    [Fact]
    public async Task Program_Given_IsWhatContainersDo()
    {
        var options = new SimulationOptions { Program = launch => launch.Environment["OCS_TASK_INDEX"] == "1" ? "sleep 7; exit 9" : null };
        await using var cluster = SimulatedCluster.Create(1, options);
        await cluster.AddNode("n1", Specs.Node);
        var job = await cluster.Submit(Specs.Job("true", count: 2));

        await cluster.WaitForJob(job.Id);
        var tasks = await cluster.ListTasks(job.Id);

        Assert.True(tasks[0].Succeeded);
        Assert.Equal(9, Assert.Single(tasks[1].Containers).ExitCode);
        Assert.InRange(cluster.Time, TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Program_Throws_FailsTheSimulation()
    {
        await using var cluster = SimulatedCluster.Create(1, new SimulationOptions { Program = _ => throw new InvalidOperationException("none is known") });
        await cluster.AddNode("n1", Specs.Node);
        var job = await cluster.Submit(Specs.Job("true"));

        var exception = await Assert.ThrowsAsync<SimulationException>(() => cluster.WaitForJob(job.Id));

        Assert.Contains("Program failed for container main of", exception.Violation, StringComparison.Ordinal);
        Assert.Contains("none is known", exception.Violation, StringComparison.Ordinal);
    }
}
