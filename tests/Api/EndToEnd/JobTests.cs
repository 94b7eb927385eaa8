using OrleansCluster.Client;
using static OrleansCluster.Tests.Api.EndToEnd.Specs;

namespace OrleansCluster.Tests.Api.EndToEnd;

public sealed class JobTests : IAsyncLifetime
{
    private readonly string _data = Directory.CreateTempSubdirectory("ocs-e2e-").FullName;
    private SimulatedSilo _silo = null!;

    private OrleansClusterClient Client => _silo.Client;

    public async ValueTask InitializeAsync() => _silo = await SimulatedSilo.Start(_data, "--nodes", "3");

    public async ValueTask DisposeAsync()
    {
        await _silo.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task Submit_SplitCountMerge_RunsInTheOrderOfDependencies()
    {
        var job = await Client.Jobs.SubmitAsync(Job("words", Task("split"), Task("count", 4, ["split"]), Task("merge", 1, ["count"])));

        var ended = await Client.WaitForEnd(job.Id);
        var tasks = await Client.TasksOf(job.Id);

        Assert.Equal(JobStatus.Succeeded, ended.Status);
        Assert.Equal(6, tasks.Count);
        Assert.All(tasks, t => Assert.Equal((TaskState.Stopped, true, 0), (t.State, t.Succeeded, t.Containers.Single().ExitCode)));
        var split = tasks.Single(t => t.Name == "split");
        var merge = tasks.Single(t => t.Name == "merge");
        Assert.All(tasks.Where(t => t.Name == "count"), t => Assert.InRange(t.CreatedAt, split.StoppedAt!.Value, merge.CreatedAt));
    }

    [Fact]
    public async Task Submit_TaskThatFails_FailsTheJobAndNeverStartsItsDependents()
    {
        var job = await Client.Jobs.SubmitAsync(Job("broken", Task("first", command: ["exit", "3"]), Task("second", 1, ["first"]), Task("third", 1, ["second"])));

        var ended = await Client.WaitForEnd(job.Id);
        var only = Assert.Single(await Client.TasksOf(job.Id));

        Assert.Equal((JobStatus.Failed, "1 of 1 first failed"), (ended.Status, ended.Reason));
        Assert.Equal((StopCode.EssentialContainerExited, 3), (only.StopCode!.Value, only.Containers.Single().ExitCode));
        Assert.Equal([0, 1, 1], ended.Tasks.Select(t => t.Waiting));
    }

    [Fact]
    public async Task Submit_TaskLargerThanAnyNode_IsAcceptedAndExplained()
    {
        await Eventually("three nodes have joined", async () => (await Nodes()).Count == 3);
        var job = await Client.Jobs.SubmitAsync(Job("big", Task("main", memory: 1_000_000)));
        await Client.WaitFor(job.Id, "has a queued task", j => j.Tasks[0].Queued == 1);

        var explanation = await Client.Tasks.ExplainAsync(TaskId.Of(job.Id, "main", 0));

        Assert.False(explanation.Placement!.WaitingCanHelp);
        Assert.Equal((3, 0), (explanation.Placement.Nodes, explanation.Placement.Feasible));
        Assert.Contains("3 insufficient memory", explanation.Summary);

        var stopped = await Client.Jobs.StopAsync(job.Id, "too big");
        Assert.Equal(JobStatus.Stopped, (await Client.WaitForEnd(stopped.Id)).Status);
    }

    [Fact]
    public async Task Stop_RunningJob_StopsItsTasksAndGivesTheirClaimsBack()
    {
        var job = await Client.Jobs.SubmitAsync(Job("long", Task("main", 5, command: ["sleep", "600"])));
        await Client.WaitFor(job.Id, "runs", j => j.Tasks[0].Running == 5);

        await Client.Jobs.StopAsync(job.Id, "enough");
        var ended = await Client.WaitForEnd(job.Id);

        Assert.Equal((JobStatus.Stopped, "enough"), (ended.Status, ended.Reason));
        Assert.All(await Client.TasksOf(job.Id), t => Assert.Equal((StopCode.UserInitiated, "enough"), (t.StopCode!.Value, t.Reason)));
        await Eventually("no node has a claim", async () => (await Nodes()).TrueForAll(n => n.TaskCount == 0 && n.Claimed == default));
    }

    [Fact]
    public async Task Stop_WhatHasEnded_IsNoErrorAndChangesNothing()
    {
        var job = await Client.Jobs.SubmitAsync(Job("short", Task("main")));
        var ended = await Client.WaitForEnd(job.Id);

        var stopped = await Client.Jobs.StopAsync(job.Id, "late");
        var task = await Client.Tasks.StopAsync(TaskId.Of(job.Id, "main", 0), "late");

        Assert.Equal((JobStatus.Succeeded, ended.EndedAt, null), (stopped.Status, stopped.EndedAt, stopped.Reason));
        Assert.Equal(StopCode.EssentialContainerExited, task.StopCode);
    }

    [Fact]
    public async Task Submit_MoreThanFits_NeverOverCommitsAndFinishesAll()
    {
        var job = await Client.Jobs.SubmitAsync(Job("many", Task("main", 60, memory: 1000, command: ["sleep", "0.2"])));
        var watch = Client.WaitForEnd(job.Id);
        while (!watch.IsCompleted)
            Assert.All(await Nodes(), n => Assert.True(n.Claimed.Memory <= n.Capacity.Memory && n.Claimed.Cpu <= n.Capacity.Cpu, $"{n}"));

        Assert.Equal(JobStatus.Succeeded, (await watch).Status);
        Assert.Equal(60, (await Client.TasksOf(job.Id)).Count(t => t.Succeeded));
    }

    [Fact]
    public async Task Submit_SameKeyTwice_IsOneJob()
    {
        var first = await Client.Jobs.SubmitAsync(Job("once", Task("main")), "key-1");
        var second = await Client.Jobs.SubmitAsync(Job("once", Task("main")), "key-1");
        var other = await Assert.ThrowsAsync<ClusterApiException>(() => Client.Jobs.SubmitAsync(Job("once", Task("main", 2)), "key-1"));

        Assert.Equal(first.Id, second.Id);
        Assert.Equal(409, (int)other.Status);
    }

    [Fact]
    public async Task Submit_UnknownRevisionAndOtherFaults_ChangesNothing()
    {
        var spec = Job("refs", Task("inline"), new JobTaskSpec { Name = "known", Definition = "nobody:7" }, new JobTaskSpec { Name = "newest", Definition = "nobody" }) with { Priority = 500 };

        var refused = await Assert.ThrowsAsync<ClusterApiException>(() => Client.Jobs.SubmitAsync(spec));

        Assert.Equal(["/priority", "/tasks/1/definition", "/tasks/2/definition"], refused.Faults.Select(f => f.Path));
        Assert.Empty(await Client.TaskDefinitions.ListAsync(family: null).ToListAsync());
        Assert.Empty(await Client.Jobs.ListAsync(status: null).ToListAsync());
    }

    [Fact]
    public async Task Events_OfAJob_TellItsWholeStoryInOrder()
    {
        var job = await Client.Jobs.SubmitAsync(Job("story", Task("main")));
        await Client.WaitForEnd(job.Id);

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var types = new List<string>();
        await foreach (var happened in Client.Events.ReadAsync(after: 0, job.Id, patience.Token))
        {
            types.Add(happened.Type);
            if (happened.Type == "job.succeeded")
                break;
        }

        Assert.Equal("job.submitted", types[0]);
        Assert.Equal(types.Where(t => t.StartsWith("task.", StringComparison.Ordinal)).Distinct().Count(), types.Count(t => t.StartsWith("task.", StringComparison.Ordinal)));
        Assert.Equal(["task.provisioning", "task.stopped"], types.Where(t => t is "task.provisioning" or "task.stopped"));
    }

    private Task<List<NodeView>> Nodes() => Client.Nodes.ListAsync().ToListAsync().AsTask();

    private static async Task Eventually(string what, Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!await condition())
        {
            Assert.False(patience.IsCancellationRequested, $"Expected that {what} within 30 s");
            await System.Threading.Tasks.Task.Delay(20);
        }
    }
}
