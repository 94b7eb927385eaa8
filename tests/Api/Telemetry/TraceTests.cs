using System.Diagnostics;
using OrleansCluster.Tests.Api.EndToEnd;
using OrleansCluster.Tests.Api.Http;
using static OrleansCluster.Tests.Api.EndToEnd.Specs;

namespace OrleansCluster.Tests.Api.Telemetry;

/// <summary>Who listens to spans listens to those of the whole process: nothing else runs meanwhile.</summary>
[CollectionDefinition(nameof(TraceTests), DisableParallelization = true)]
[Collection(nameof(TraceTests))]
public sealed class TraceTests : IDisposable
{
    /// <summary>From the API through the grains to the agent.</summary>
    private static readonly string[] _ofOneTask =
    [
        "agent.launch", "container.create", "container.run", "container.start", "job.run", "job.submit", "scheduler.round", "task.queued", "task.running", "task.starting",
    ];

    private readonly string _data = Directory.CreateTempSubdirectory("ocs-trace-").FullName;
    private readonly SpanRecorder _spans = new();

    public void Dispose()
    {
        _spans.Dispose();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task Job_WhileTraced_IsOneTraceFromTheApiToTheAgent()
    {
        await using var silo = await SimulatedSilo.Start(_data);
        var job = await silo.Client.Jobs.SubmitAsync(Job("traced", Task("first"), Task("second", 3, ["first"])));
        await silo.Client.WaitForEnd(job.Id);

        var trace = await TraceOf(job.Id, containers: 4);

        Assert.Equal(_ofOneTask, trace.Select(span => span.OperationName).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(4, trace.Count(span => span.OperationName == "task.running"));
        Assert.Equal(4, trace.Count(span => span.OperationName == "container.start"));
        Assert.All(trace, span => Assert.True(span.Duration >= TimeSpan.Zero, $"{span.OperationName} took {span.Duration}"));
        Assert.Equal(default, Assert.Single(trace, span => span.OperationName == "job.submit").ParentSpanId);
        Assert.Equal("Succeeded", Assert.Single(trace, span => span.OperationName == "job.run").GetTagItem("ocs.status"));
    }

    [Fact]
    public async Task Job_SiloRestartedInTheMiddle_IsStillOneTrace()
    {
        string id;
        await using (var first = await SimulatedSilo.Start(_data, "--runtime", "none"))
        {
            id = (await first.Client.Jobs.SubmitAsync(Job("later", Task("first"), Task("second", 1, ["first"])))).Id;
            await first.Client.WaitFor(id, "is queued", j => j.Tasks[0].Queued == 1);
        }

        await using var second = await SimulatedSilo.Start(_data);
        await second.Client.WaitForEnd(id);

        var trace = await TraceOf(id, containers: 2);

        Assert.Equal(_ofOneTask, trace.Select(span => span.OperationName).Distinct().Order(StringComparer.Ordinal));
        Assert.All(await second.Client.TasksOf(id), task => Assert.StartsWith($"00-{trace[0].TraceId}-", task.TraceParent));
    }

    [Fact]
    public async Task Job_AttemptLostWithItsContainers_BothAttemptsAreInTheTrace()
    {
        string id;
        await using (var first = await SimulatedSilo.Start(_data))
        {
            id = (await first.Client.Jobs.SubmitAsync(Job("interrupted", Task("main", command: ["sleep", "1"])))).Id;
            await first.Client.WaitFor(id, "runs", j => j.Tasks[0].Running == 1);
        }

        await using var second = await SimulatedSilo.Start(_data);
        await second.Client.WaitForEnd(id);

        var ran = (await TraceOf(id, containers: 1)).Where(span => span.OperationName == "task.running");
        Assert.Equal([(1, "AgentStopped"), (2, "EssentialContainerExited")], ran.Select(s => ((int)s.GetTagItem("ocs.attempt")!, (string)s.GetTagItem("ocs.stop_code")!)).Order());
    }

    [Fact]
    public async Task Job_CallerHasATrace_IsPartOfIt()
    {
        await using var silo = await SimulatedSilo.Start(_data);
        using var caller = new Activity("caller") { ActivityTraceFlags = ActivityTraceFlags.Recorded }.Start();
        var job = await silo.Client.Jobs.SubmitAsync(Job("called", Task("main")));
        await silo.Client.WaitForEnd(job.Id);

        Assert.Equal(caller.TraceId, (await TraceOf(job.Id, containers: 1))[0].TraceId);
    }

    /// <summary>All of a job's spans, which must be of one trace; the last ones are those of its containers, told when they are removed.</summary>
    private async Task<List<Activity>> TraceOf(string jobId, int containers)
    {
        await Poll.Until(
            "the containers' runs are told",
            () => System.Threading.Tasks.Task.FromResult(_spans.Of(jobId).Count(s => s.OperationName == "container.run") == containers));
        var trace = Assert.Single(_spans.Of(jobId).Select(span => span.TraceId).Distinct());
        return [.. _spans.In(trace).Where(span => span.Source.Name == "OrleansCluster")];
    }
}
