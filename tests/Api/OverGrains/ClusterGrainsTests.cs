using OrleansCluster.Client;
using OrleansCluster.Tests.Api.EndToEnd;
using static OrleansCluster.Tests.Api.EndToEnd.Specs;

namespace OrleansCluster.Tests.Api.OverGrains;

/// <summary>What services do with a cluster by its grains, on real ones.</summary>
public sealed class ClusterGrainsTests : IAsyncLifetime
{
    private static readonly TimeSpan _soon = TimeSpan.FromSeconds(40);

    private readonly string _data = Directory.CreateTempSubdirectory("ocs-grains-").FullName;
    private readonly ClusterGrains _cluster;
    private readonly SwitchedGrains _way;
    private SimulatedSilo _silo = null!;

    public ClusterGrainsTests() =>
        _cluster = new ClusterGrains(SwitchedGrains.Create(out _way), new ClusterGrainsOptions(), TimeProvider.System, new RandomJobKeySource());

    public ValueTask InitializeAsync() => StartSilo();

    public async ValueTask DisposeAsync()
    {
        await _silo.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task Wait_ForATaskHeldByName_EndsWithItAndItsEventsTellTheSame()
    {
        var submitted = await _cluster.SubmitAsync(Job("nightly", Task("collect", 2), Task("report", 1, ["collect"])), key: "2026-08-01");
        var held = _cluster.Task("nightly-2026-08-01.report.0");

        var ended = await _cluster.WaitForTaskAsync("nightly-2026-08-01.report.0").WaitAsync(_soon);
        var job = await _cluster.WaitForJobAsync("nightly-2026-08-01").WaitAsync(_soon);
        var events = await ReadToEnd(after: 0, "nightly-2026-08-01");

        Assert.Equal("nightly-2026-08-01", submitted.Value!.Id);
        Assert.True(ended.Value!.Succeeded);
        Assert.Equal(TaskState.Stopped, (await held.Get())!.State);
        Assert.Equal(JobStatus.Succeeded, job.Value!.Status);
        Assert.Equal(("job.submitted", "job.succeeded"), (events[0].Type, events[^1].Type));
        Assert.Equal("STOPPED", events.Single(e => e is { Type: "task.stopped", Subject: "nightly-2026-08-01.report.0" }).Data.GetProperty("state").GetString());
    }

    [Fact]
    public async Task RunScheduler_OverGrains_RunsItsTasksAndSaysWhatIsRefused()
    {
        var scheduler = new PackingScheduler("t", 6, Container(["sleep", "1"]));
        var framework = new FrameworkSpec { Name = "over-grains", FailoverTimeout = 60 };

        var refusal = await _cluster.RunSchedulerAsync(framework, "a-token-of-sixteen", scheduler).WaitAsync(_soon);
        var other = await _cluster.RunSchedulerAsync(framework, "another-of-sixteen", scheduler).WaitAsync(_soon);
        var faulty = await _cluster.RunSchedulerAsync(framework with { RateLimit = 0 }, "a-token-of-sixteen", scheduler).WaitAsync(_soon);

        Assert.Null(refusal);
        Assert.Equal((6, 6), (scheduler.Ran.Count, scheduler.Ended.Count));
        Assert.Equal((RefusalKind.Conflict, "/rateLimit"), (other?.Kind, faulty?.Faults[0].Path));
        Assert.Equal((0, 0), (await _cluster.Framework("over-grains").Get()) is { } view ? (view.Tasks, view.Unacknowledged) : (-1, -1));
    }

    [Fact]
    public async Task WaitForHealth_OfTasksHeldByName_EndsAsTheyBecomeSoOrWithTheTask()
    {
        var check = new HealthCheckSpec { Tcp = new TcpCheckSpec { Port = 80 }, Interval = 1, Retries = 1 };
        await _cluster.SubmitAsync(Job("checked", Of("well", "sleep 600"), Of("ill", "unhealthy; sleep 600"), Of("short", "unhealthy; sleep 3")), key: "1");

        var well = await _cluster.WaitForHealthAsync("checked-1.well.0", HealthStatus.Healthy).WaitAsync(_soon);
        var ill = await _cluster.WaitForHealthAsync("checked-1.ill.0", HealthStatus.Unhealthy).WaitAsync(_soon);
        var ended = await _cluster.WaitForHealthAsync("checked-1.short.0", HealthStatus.Healthy).WaitAsync(_soon);

        Assert.Equal(HealthStatus.Healthy, well.Value!.Health);
        Assert.Equal("it says that it is unhealthy", ill.Value!.Containers[0].Health!.Reason);
        Assert.Equal(TaskState.Stopped, ended.Value!.State);

        JobTaskSpec Of(string name, string script)
        {
            var task = Task(name, command: ["sh", "-c", script]);
            return task with { Containers = [task.Containers[0] with { HealthCheck = check }] };
        }
    }

    [Fact]
    public async Task Submit_AgainWithTheSameKey_IsOneJob()
    {
        var spec = Job("once", Task("main"));
        var answers = await System.Threading.Tasks.Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _cluster.SubmitAsync(spec, key: "a")));
        var other = await _cluster.SubmitAsync(Job("once", Task("main", 2)), key: "a");
        var unnamed = await _cluster.SubmitAsync(spec);

        Assert.All(answers, a => Assert.Equal("once-a", a.Value!.Id));
        Assert.Equal(RefusalKind.Conflict, other.Refusal!.Kind);
        Assert.NotEqual("once-a", unnamed.Value!.Id);
        Assert.Equal(2, await _silo.Client.Jobs.ListAsync(status: null).CountAsync());
    }

    [Fact]
    public async Task Submit_BadSpecificationAndKey_IsRefusedWithAllFaults()
    {
        var refused = await _cluster.SubmitAsync(Job("bad", Task("main", 0)) with { Priority = 500 }, key: "Not/a.key");

        Assert.Equal(["", "/priority", "/tasks/0/count"], refused.Refusal!.Faults.Select(f => f.Path));
        Assert.Contains("'bad-Not/a.key' is no job id", refused.Refusal.Faults[0].Message);
        Assert.Empty(await _silo.Client.Jobs.ListAsync(status: null).ToListAsync());
    }

    [Fact]
    public async Task WaitForTask_OfAService_EndsWithItOrIsRefusedWhereThereIsNone()
    {
        var spec = new ServiceSpec { Name = "web", Containers = [Container(["sleep", "1000000"])], DeploymentConfiguration = new DeploymentConfiguration { MinimumHealthyTime = 0 } };
        var put = await _cluster.Service("web").Put(spec, PutMode.Create);
        var id = await FirstTask();
        var waiting = _cluster.WaitForTaskAsync(id);
        await _cluster.Task(id).Stop(StopCode.UserInitiated, "enough");

        Assert.Equal("web", put.Value!.Spec.Name);
        Assert.Equal("enough", (await waiting.WaitAsync(_soon)).Value!.Reason);
        Assert.Equal("Service web has no task web.0.999.", (await _cluster.WaitForTaskAsync("web.0.999")).Refusal!.Title);
        Assert.Equal(RefusalKind.NotFound, (await _cluster.WaitForTaskAsync("shop.0.1")).Refusal!.Kind);
    }

    private async Task<string> FirstTask()
    {
        var view = await _cluster.Service("web").Get();
        while (view is { Healthy: 0 })
            view = await _cluster.Service("web").Watch(view.Version, TimeSpan.FromSeconds(10), CancellationToken.None);
        return view!.Tasks[0].Id;
    }

    [Theory]
    [InlineData("nonsense", "is no task's id")]
    [InlineData("failing-1.second.07", "is no task's id")]
    [InlineData("nobody-1.main.0", "There is no job nobody-1.")]
    [InlineData("failing-1.third.0", "has no task third.0: it has first.0 to first.1, second.0 to second.0")]
    [InlineData("failing-1.first.2", "has no task first.2")]
    [InlineData("failing-1.second.0", "has ended (Failed) without starting task second.0")]
    public async Task WaitForTask_ThatWillNeverBe_IsRefused(string taskId, string why)
    {
        await _cluster.SubmitAsync(Job("failing", Task("first", 2, command: ["exit", "1"]), Task("second", 1, ["first"])), key: "1");

        var refused = await _cluster.WaitForTaskAsync(taskId).WaitAsync(_soon);

        Assert.Equal(RefusalKind.NotFound, refused.Refusal!.Kind);
        Assert.Contains(why, refused.Refusal.Title);
    }

    [Fact]
    public async Task WaitForJob_ThatIsNotThere_IsRefused() => Assert.Equal("There is no job nobody.", (await _cluster.WaitForJobAsync("nobody")).Refusal!.Title);

    [Fact]
    public async Task Wait_Cancelled_Ends()
    {
        await _cluster.SubmitAsync(Job("long", Task("main", command: ["sleep", "600"])), key: "1");
        using var cancelled = new CancellationTokenSource();
        var waiting = _cluster.WaitForTaskAsync("long-1.main.0", cancelled.Token);
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(_soon));
    }

    [Fact]
    public async Task Wait_SiloRestartsMeanwhile_EndsAllTheSameAndNoEventIsLostOrTwice()
    {
        var job = await _cluster.SubmitAsync(Job("patient", Task("main", 3, command: ["sleep", "2"])), key: "1");
        var tasks = Enumerable.Range(0, 3).Select(i => _cluster.WaitForTaskAsync(TaskId.Of(job.Value!.Id, "main", i))).ToList();
        var ended = _cluster.WaitForJobAsync("patient-1");
        var reading = ReadToEnd(after: 0, jobId: null);
        await _silo.Client.WaitFor("patient-1", "runs", j => j.Tasks[0].Running == 3);

        _way.To(null);
        await _silo.DisposeAsync();
        await StartSilo();

        Assert.All(await System.Threading.Tasks.Task.WhenAll(tasks).WaitAsync(_soon), t => Assert.True(t.Value!.Succeeded, $"{t.Value}"));
        Assert.Equal(JobStatus.Succeeded, (await ended.WaitAsync(_soon)).Value!.Status);
        var events = await reading.WaitAsync(_soon);
        Assert.Equal(events.Select(e => e.Sequence).Distinct().Order(), events.Select(e => e.Sequence));
        Assert.Equal((await ReadToEnd(after: 0, jobId: null)).Select(e => e.Sequence), events.Select(e => e.Sequence));
    }

    private async ValueTask StartSilo()
    {
        _silo = await SimulatedSilo.Start(_data);
        await _silo.Client.WaitForNode();
        _way.To(_silo.Grains);
    }

    private async Task<List<ClusterEvent>> ReadToEnd(long after, string? jobId)
    {
        var events = new List<ClusterEvent>();
        using var patience = new CancellationTokenSource(_soon);
        await foreach (var happened in _cluster.ReadEventsAsync(after, jobId, patience.Token))
        {
            events.Add(happened);
            if (happened.Type is "job.succeeded" or "job.failed")
                break;
        }

        return events;
    }
}
