using OrleansCluster.Client;
using OrleansCluster.Tests.Api.EndToEnd;
using static OrleansCluster.Tests.Api.EndToEnd.Specs;

namespace OrleansCluster.Tests.Api.OverOrleans;

/// <summary>An Orleans client of silos in other processes.</summary>
public sealed class ClientTests
{
    private static readonly TimeSpan _soon = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Client_SubmitsAwaitsATaskAndReadsItsEvents()
    {
        await using var deployment = new Deployment();
        var silo = await deployment.StartSilo("host");
        var cluster = await deployment.StartClient();

        var job = await cluster.SubmitAsync(Job("over-orleans", Task("collect", 2), Task("report", 1, ["collect"])), key: "1");
        var ended = await cluster.WaitForTaskAsync("over-orleans-1.report.0").WaitAsync(_soon);
        var events = await ReadToEnd(cluster, job.Value!.Id);

        Assert.Equal((true, "host"), (ended.Value!.Succeeded, ended.Value.Node));
        Assert.Equal(TaskState.Stopped, (await cluster.Task("over-orleans-1.report.0").Get())!.State);
        Assert.Equal(("job.submitted", "job.succeeded"), (events[0].Type, events[^1].Type));
        Assert.Equal(JobStatus.Succeeded, (await silo.Client.WaitForEnd("over-orleans-1")).Status);
        Assert.Equal(RefusalKind.Invalid, (await cluster.SubmitAsync(Job("Bad", Task("main", 0)))).Refusal!.Kind);
    }

    [Fact]
    public async Task Client_OneOfTwoSilosIsKilled_ItsWaitsEndAndNoEventIsLostOrTwice()
    {
        await using var deployment = new Deployment();
        var host = await deployment.StartSilo("host");
        var other = await deployment.StartSilo("other", "--runtime", "none");
        var cluster = await deployment.StartClient();

        // So many that some of their grains live on either silo.
        const int count = 20;
        await cluster.SubmitAsync(Job("shaken", Task("main", count, command: ["sleep", "4"])), key: "1");
        var tasks = Enumerable.Range(0, count).Select(i => cluster.WaitForTaskAsync(TaskId.Of("shaken-1", "main", i))).ToList();
        var job = cluster.WaitForJobAsync("shaken-1");
        var reading = ReadToEnd(cluster, "shaken-1");
        await host.Client.WaitFor("shaken-1", "runs", j => j.Tasks[0].Running == count);

        await other.Kill();
        var again = await cluster.SubmitAsync(Job("shaken", Task("main", count, command: ["sleep", "4"])), key: "1").WaitAsync(_soon);

        Assert.Equal("shaken-1", again.Value!.Id);
        Assert.All(await System.Threading.Tasks.Task.WhenAll(tasks).WaitAsync(_soon), t => Assert.Equal((true, 1), (t.Value!.Succeeded, t.Value.Attempt)));
        Assert.Equal(JobStatus.Succeeded, (await job.WaitAsync(_soon)).Value!.Status);
        var events = await reading.WaitAsync(_soon);
        Assert.Equal(events.Select(e => e.Sequence).Distinct().Order(), events.Select(e => e.Sequence));
        Assert.Equal(count, events.Count(e => e.Type == "task.stopped"));
        Assert.Equal((await ReadToEnd(cluster, "shaken-1")).Select(e => e.Sequence), events.Select(e => e.Sequence));
    }

    private static async Task<List<ClusterEvent>> ReadToEnd(ClusterGrains cluster, string jobId)
    {
        var events = new List<ClusterEvent>();
        using var patience = new CancellationTokenSource(_soon);
        await foreach (var happened in cluster.ReadEventsAsync(after: 0, jobId, patience.Token))
        {
            events.Add(happened);
            if (happened.Type == "job.succeeded")
                break;
        }

        return events;
    }
}
