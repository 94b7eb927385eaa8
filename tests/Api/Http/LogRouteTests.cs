using System.Text.Json;
using OrleansCluster.Tests.Api.Http.Fakes;

namespace OrleansCluster.Tests.Api.Http;

public sealed class LogRouteTests
{
    private const string Id = "a-1.split.0";
    private const string Logs = $"/v1/tasks/{Id}/logs";
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Read_OnlyContainer_ChunkFromItsNode()
    {
        await using var host = await StartWith(Running("n1"), "main");
        host.Grains.Node("n1").Write("one", "two", "three");

        var chunk = (await host.Get($"{Logs}?from=1&limit=1")).As<LogChunk>();

        Assert.Equal(("two", 2, false), (chunk.Lines.Single().Text, chunk.Next, chunk.IsEnd));
        Assert.Equal((Id, 1, "main", TimeSpan.Zero), Describe(host.Grains.Node("n1").LastRequest));
    }

    [Fact]
    public async Task Read_SeveralContainers_HasToBeNamed()
    {
        await using var host = await StartWith(Running("n1"), "main", "sidecar");

        var unnamed = await host.Get(Logs);
        var unknown = await host.Get($"{Logs}?container=side");
        var named = await host.Get($"{Logs}?container=sidecar");

        Assert.Equal(["?container: The task has several containers: expected one of main, sidecar."], unnamed.FaultsOf(400, "invalid-query"));
        Assert.Equal(["?container: The task has no container \"side\": expected one of main, sidecar."], unknown.FaultsOf(400, "invalid-query"));
        Assert.Empty(named.As<LogChunk>().Lines);
    }

    [Fact]
    public async Task Read_NotPlacedYet_EmptyWithANote()
    {
        await using var host = await StartWith(Samples.Task(Id), "main");

        var chunk = (await host.Get(Logs)).As<LogChunk>();

        Assert.Equal((0, false, "Attempt 1 has no node, so it has no log."), (chunk.Lines.Length, chunk.IsEnd, chunk.Note));
    }

    [Fact]
    public async Task Read_AttemptZero_IsRefused()
    {
        await using var host = await StartWith(Running("n1"), "main");

        Assert.StartsWith("?attempt: Expected a whole number from 1 ", Assert.Single((await host.Get($"{Logs}?attempt=0")).FaultsOf(400, "invalid-query")));
    }

    [Fact]
    public async Task Read_EarlierAttempt_FromItsNode()
    {
        var task = Running("n2") with
        {
            Attempt = 2,
            EarlierAttempts = [new() { Attempt = 1, Node = "n1", StopCode = StopCode.NodeLost }],
        };
        await using var host = await StartWith(task, "main");
        host.Grains.Node("n1").Write("old");

        Assert.Equal("old", (await host.Get($"{Logs}?attempt=1")).As<LogChunk>().Lines.Single().Text);
        Assert.StartsWith("?attempt: There is no attempt 3", Assert.Single((await host.Get($"{Logs}?attempt=3")).FaultsOf(400, "invalid-query")));
    }

    [Fact]
    public async Task Read_NodeRefuses_ItsProblem()
    {
        await using var host = await StartWith(Running("n1"), "main");
        host.Grains.Node("n1").Refusal = Refusal.NotFound("The node is gone.");

        (await host.Get(Logs)).FaultsOf(404, "not-found");
    }

    [Fact]
    public async Task Read_UnknownTask_NotFoundEvenToFollow()
    {
        await using var host = await ApiHost.Start();

        (await host.Get($"{Logs}?follow=true")).FaultsOf(404, "not-found");
    }

    [Fact]
    public async Task Follow_LinesComeLater_ArriveAsTheyComeUntilTheEnd()
    {
        await using var host = await StartWith(Running("n1"), "main");
        host.Grains.Node("n1").Write("one");
        using var response = await host.Open($"{Logs}?follow=true");
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());

        Assert.Equal("application/x-ndjson", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("one", await ReadText(reader));
        host.Grains.Node("n1").Write("zwei – \"zitiert\"");
        Assert.Equal("zwei – \"zitiert\"", await ReadText(reader));
        host.Grains.Node("n1").End();
        Assert.Null(await ReadText(reader));
    }

    [Theory]
    [InlineData("follow", "application/x-ndjson")]
    [InlineData("follow=false", "application/json")]
    public async Task Read_FollowAsAFlag_ItsNameStandsForTrue(string query, string expected)
    {
        await using var host = await StartWith(Running("n1"), "main");
        host.Grains.Node("n1").End();
        using var response = await host.Open($"{Logs}?{query}");

        Assert.Equal(expected, response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Follow_BeforeTheTaskHasANode_WaitsForIt()
    {
        await using var host = await StartWith(Samples.Task(Id), "main");
        using var response = await host.Open($"{Logs}?follow=true");
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());

        host.Grains.Node("n1").Write("late");
        host.Grains.Node("n1").End();
        host.Grains.Task(Id).View = Running("n1");

        Assert.Equal("late", await ReadText(reader));
        Assert.Null(await ReadText(reader));
    }

    [Fact]
    public async Task Follow_TaskEndsWithoutEverHavingANode_StreamEnds()
    {
        await using var host = await StartWith(Samples.Task(Id), "main");
        using var response = await host.Open($"{Logs}?follow=true");
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());

        host.Grains.Task(Id).View = Samples.Task(Id) with { State = TaskState.Stopped };

        Assert.Null(await ReadText(reader));
    }

    [Fact]
    public async Task Follow_SiloStops_StreamEnds()
    {
        await using var host = await StartWith(Running("n1"), "main");
        using var response = await host.Open($"{Logs}?follow=true");
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());

        await host.Stop().WaitAsync(_patience);

        Assert.Null(await ReadText(reader));
    }

    private static async Task<ApiHost> StartWith(TaskView task, params string[] containers)
    {
        var host = await ApiHost.Start();
        host.Grains.Task(Id).View = task;
        host.Grains.Definition("web").Add("web", containers);
        return host;
    }

    private static TaskView Running(string node) => Samples.Task(Id) with { State = TaskState.Running, Node = node };

    private static (string?, int?, string?, TimeSpan?) Describe(LogRequest? request) =>
        (request?.TaskId, request?.Attempt, request?.Container, request?.Wait);

    private static async Task<string?> ReadText(StreamReader reader)
    {
        var line = await reader.ReadLineAsync().WaitAsync(_patience);
        return line is null ? null : JsonSerializer.Deserialize<LogLine>(line, ClusterJson.Options)?.Text;
    }
}
