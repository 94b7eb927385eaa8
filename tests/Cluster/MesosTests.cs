using System.Diagnostics;
using System.Net;
using System.Text.Json;
using OrleansCluster.Tests.Api.Mesos;
using OrleansCluster.Tests.Docker;

namespace OrleansCluster.Tests.Cluster;

/// <summary>A scheduler of Mesos before three silos: any of them takes any of its calls, whichever its stream is on.</summary>
[Collection(nameof(ScenarioTests))]
public sealed class MesosTests(Daemon daemon)
{
    private const int Dies = 0;
    private const int Takes = 1;
    private const int Acknowledges = 2;

    /// <summary>Tasks, by whether what was told of them before the silo dies has been acknowledged.</summary>
    private const string Acknowledged = "acknowledged.1";
    private const string Open = "open.1";

    /// <summary>Sooner than an update is told again that was not acknowledged.</summary>
    private static readonly TimeSpan _soon = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Scheduler_SiloOfItsStreamIsKilled_GoesOnByAnotherAndIsToldWhatItHasNotAcknowledged()
    {
        daemon.Require();
        await using var silos = await ThreeSilos.StartAll(ThreeSilos.ShortLease);
        using var before = await MesosScheduler.Subscribe(silos.Address(Dies));
        var offer = await before.NextOffer(ThreeSilos.NodeOf(Takes));
        before.CallsTo = silos.Address(Takes);
        await before.Accept(offer, $$$$"""{"type":"LAUNCH","launch":{"task_infos":[{{{{Task(offer, Acknowledged, silos.Out)}}}},{{{{Task(offer, Open, silos.Out)}}}}]}}""");
        var running = new Dictionary<string, JsonElement>();
        while (running.Count < 2)
        {
            var status = await before.NextStatus();
            Assert.Equal("TASK_RUNNING", StateOf(status));
            running[TaskOf(status)] = status;
        }

        before.CallsTo = silos.Address(Acknowledges);
        await before.Acknowledge(running[Acknowledged]);
        await silos.Kill(Dies);
        using var after = await SubscribeAgain(silos.Address(Takes), before.Id);
        Assert.Equal((before.Id, true), (after.Id, after.Stream != before.Stream));
        after.CallsTo = silos.Address(Acknowledges);
        var told = Stopwatch.StartNew();
        var again = await after.NextStatus();
        Assert.Equal((Open, "TASK_RUNNING", Uuid(running[Open])), (TaskOf(again), StateOf(again), Uuid(again)));
        var isSettled = await AcknowledgeUnlessAway(after, again) && told.Elapsed < _soon;
        await File.WriteAllTextAsync(Path.Combine(silos.Out, "go"), "");
        var ended = new SortedSet<string>(StringComparer.Ordinal);
        while (ended.Count < 2)
        {
            var status = await after.NextStatus();
            Assert.True(StateOf(status) == "TASK_FINISHED" || (!isSettled && TaskOf(status) == Open), $"told again: {status}");
            await AcknowledgeUnlessAway(after, status);
            if (StateOf(status) == "TASK_FINISHED")
                ended.Add(TaskOf(status));
        }

        foreach (var file in (string[])["started", "ended"])
            Assert.Equal([Acknowledged, Open], (await File.ReadAllLinesAsync(Path.Combine(silos.Out, file))).Order(StringComparer.Ordinal));
        await Poll.Until("TEARDOWN to be taken", async () => (await after.Call("TEARDOWN", "")).Status == HttpStatusCode.Accepted ? "so" : null);
        while (await after.Next() is { } happened)
            Assert.NotEqual("ERROR", happened.GetProperty("type").GetString());
        await Poll.Until("the framework to be gone", async () => await silos.Client(Takes).Frameworks.ListAsync(CancellationToken.None).AnyAsync() ? null : "so");
        await silos.AssertNothingIsLeft();
    }

    /// <summary>As clients do: until one of the silos that are left takes it in.</summary>
    private static Task<MesosScheduler> SubscribeAgain(Uri address, string id) => Poll.Until("the scheduler to be taken in again", async () =>
    {
        var scheduler = await MesosScheduler.Open(address, id, "null");
        if (scheduler.Answer.StatusCode == HttpStatusCode.OK)
        {
            await scheduler.Begin();
            return scheduler;
        }

        scheduler.Dispose();
        return null;
    });

    /// <summary>While the cluster does not know yet that a silo has died, an answer may be that it is away: then the update is told again.</summary>
    private static async Task<bool> AcknowledgeUnlessAway(MesosScheduler scheduler, JsonElement status)
    {
        var answer = await scheduler.TryAcknowledge(status);
        Assert.True(answer.Status is HttpStatusCode.Accepted or HttpStatusCode.ServiceUnavailable, $"{answer}");
        return answer.Status == HttpStatusCode.Accepted;
    }

    /// <summary>It says that it has started, and ends when the test says so.</summary>
    private static string Task(JsonElement offer, string task, string folder) =>
        $$$$"""
        {"name":"work","task_id":{"value":"{{{{task}}}}"},"agent_id":{{{{offer.GetProperty("agent_id").GetRawText()}}}},
        "resources":[{"name":"cpus","type":"SCALAR","scalar":{"value":0.2}},{"name":"mem","type":"SCALAR","scalar":{"value":16}}],
        "command":{"shell":true,"value":"echo {{{{task}}}} >> /out/started; while [ ! -e /out/go ]; do sleep 0.1; done; echo {{{{task}}}} >> /out/ended"},
        "container":{"type":"MESOS","volumes":[{"host_path":"{{{{folder}}}}","container_path":"/out","mode":"RW"}]}}
        """;

    private static string TaskOf(JsonElement status) => status.GetProperty("task_id").GetProperty("value").GetString()!;

    private static string StateOf(JsonElement status) => status.GetProperty("state").GetString()!;

    private static string Uuid(JsonElement status) => status.GetProperty("uuid").GetString()!;
}
