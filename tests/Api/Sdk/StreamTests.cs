using System.Text.Json;
using Microsoft.AspNetCore.Http;
using OrleansCluster.Client;

namespace OrleansCluster.Tests.Api.Sdk;

public sealed class StreamTests : SdkTest
{
    private const string Logs = "GET /v1/tasks/j.count.0/logs";
    private const string TaskRoute = "GET /v1/tasks/j.count.0";

    [Fact]
    public async Task EventsReadAsync_StreamBreaksAndEnds_GoesOnAfterTheLastEvent()
    {
        var rounds = 0;
        Cluster.On("GET /v1/events", async context =>
        {
            var round = Interlocked.Increment(ref rounds);
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync(": keep-alive\n\n");
            for (var sequence = round * 10; sequence < (round * 10) + 2; sequence++)
                await context.Response.WriteAsync($"id: {sequence}\nevent: task.running\ndata: {JsonSerializer.Serialize(Samples.Event(sequence), ClusterJson.Options)}\n\n");
            await context.Response.Body.FlushAsync();
            if (round == 1) context.Abort();
        });

        var seen = new List<long>();
        await foreach (var item in Client.Events.ReadAsync(5, "wordcount-1"))
        {
            seen.Add(item.Sequence);
            if (seen.Count == 6) break;
        }

        Assert.Equal([10, 11, 20, 21, 30, 31], seen);
        Assert.Equal(
            ["?after=5&job=wordcount-1&cluster=green", "?after=11&job=wordcount-1&cluster=green", "?after=21&job=wordcount-1&cluster=green"],
            Cluster.Requests.Take(3).Select(request => request.Query));
    }

    [Fact]
    public async Task EventsReadAsync_NobodyThere_IsUnreachable()
    {
        Cluster.On("GET /v1/events", FakeCluster.Break);

        await Assert.ThrowsAsync<ClusterUnreachableException>(() => ToListAsync(Client.Events.ReadAsync(0, jobId: null)));

        Assert.Equal(new OrleansClusterClientOptions().Attempts, Cluster.Requests.Count);
    }

    [Fact]
    public async Task EventsReadAsync_Refused_IsNotRepeated()
    {
        Cluster.OnProblem("GET /v1/events", 400, "The query has faults");

        var refusal = await Assert.ThrowsAsync<ClusterApiException>(() => ToListAsync(Client.Events.ReadAsync(0, jobId: null)));

        Assert.Equal(400, refusal.Status);
        Assert.Single(Cluster.Requests);
    }

    [Fact]
    public async Task FollowLogsAsync_StreamBreaks_NeitherRepeatsNorLosesALine()
    {
        var rounds = 0;
        Cluster.OnJson(TaskRoute, Samples.Task("j.count.0", TaskState.Stopped, attempt: 2));
        Cluster.On(Logs, async context =>
        {
            var round = Interlocked.Increment(ref rounds);
            await WriteLinesAsync(context, round == 1 ? 3 : 5);
            if (round == 1) context.Abort();
        });

        var lines = await ToListAsync(Client.Tasks.FollowLogsAsync("j.count.0", new LogQuery { Container = "app" }));

        Assert.Equal(["line 0", "line 1", "line 2", "line 3", "line 4"], lines.Select(line => line.Text));
        var requests = Cluster.Requests.Where(request => request.Route == Logs).Select(request => request.Query);
        Assert.Equal(Enumerable.Repeat("?container=app&attempt=2&from=0&follow=true&cluster=green", 2), requests);
    }

    [Fact]
    public async Task FollowLogsAsync_SiloStopsInOrderWhileTheTaskRuns_GoesOn()
    {
        var rounds = 0;
        Cluster.OnJsonInTurn(TaskRoute, Samples.Task("j.count.0", TaskState.Running), Samples.Task("j.count.0", TaskState.Running), Samples.Task("j.count.0", TaskState.Stopped));
        Cluster.On(Logs, context => WriteLinesAsync(context, Interlocked.Increment(ref rounds) * 2));

        var lines = await ToListAsync(Client.Tasks.FollowLogsAsync("j.count.0", new LogQuery()));

        Assert.Equal(["line 0", "line 1", "line 2", "line 3"], lines.Select(line => line.Text));
    }

    private static async Task WriteLinesAsync(HttpContext context, int count)
    {
        context.Response.ContentType = "application/x-ndjson";
        for (var i = 0; i < count; i++)
            await context.Response.WriteAsync(JsonSerializer.Serialize(Samples.Line(i), ClusterJson.Options) + "\n");
        await context.Response.Body.FlushAsync();
    }
}
