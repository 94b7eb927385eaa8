using System.Text.Json;
using Microsoft.AspNetCore.Http;
using OrleansCluster.Tests.Api.Sdk;

namespace OrleansCluster.Tests.Api.Cli;

public sealed class OtherCommandTests : CliTest
{
    [Fact]
    public async Task TaskList_OnATerminalOf80Columns_WrapsOnlyTheNote()
    {
        IsTerminal = true;
        Cluster.OnJson("GET /v1/tasks", Samples.PageOf(next: null, Samples.Task("wordcount-k3v9x2p7.count.0", TaskState.Stopped)));

        var result = await RunAsync("task", "list", "--job", "wordcount-k3v9x2p7", "--state", "stopped");

        var lines = StripColors(result.Out).TrimEnd().Split('\n');
        Assert.All(lines, line => Assert.True(line.TrimEnd().Length <= 80, line));
        Assert.StartsWith("wordcount-k3v9x2p7.count.0  STOPPED  host-1  137   2m ago   1m12s  ", lines[1], StringComparison.Ordinal);
        Assert.Equal("?job=wordcount-k3v9x2p7&state=STOPPED&limit=1000&cluster=default", Cluster.Requests.Single().Query);
    }

    [Fact]
    public async Task TaskShow_Task_PrintsContainersAndWhyItStopped()
    {
        Cluster.OnJson("GET /v1/tasks/j.count.0", Samples.Task("j.count.0", TaskState.Stopped) with
        {
            EarlierAttempts = [new AttemptView { Attempt = 1, Node = "host-9", StopCode = StopCode.NodeLost, StoppedAt = InstantTime.Now.AddHours(-1) }],
        });

        var result = await RunAsync("task", "show", "j.count.0");

        Assert.Contains("EssentialContainerExited: container count: OutOfMemoryError", result.Out, StringComparison.Ordinal);
        Assert.Contains("0.25 cores, 1.5 GiB memory", result.Out, StringComparison.Ordinal);
        Assert.Matches(@"\n1 +host-9 +- +1h ago +NodeLost", result.Out);
    }

    [Fact]
    public async Task TaskList_SomeTaskIsChecked_HasAColumnForHealth()
    {
        Cluster.OnJson("GET /v1/tasks", Samples.PageOf(next: null, Samples.Task("a.web.0", TaskState.Running) with { Health = HealthStatus.Unhealthy }, Samples.Task("a.work.0", TaskState.Running)));

        var result = await RunAsync("task", "list");

        Assert.Matches(@"TASK +STATE +HEALTH +NODE", result.Out);
        Assert.Matches(@"a\.web\.0 +RUNNING +UNHEALTHY +host-1", result.Out);
        Assert.Matches(@"a\.work\.0 +RUNNING +- +host-1", result.Out);
    }

    [Fact]
    public async Task TaskShow_AnUnhealthyTask_SaysSinceWhenAndWhatTheCheckRanInto()
    {
        var task = Samples.Task("j.count.0", TaskState.Running);
        var health = new ContainerHealth(HealthStatus.Unhealthy, InstantTime.Now.AddSeconds(-20), "GET /live answered 500");
        Cluster.OnJson("GET /v1/tasks/j.count.0", task with { Health = HealthStatus.Unhealthy, Containers = [task.Containers[0] with { Health = health }] });

        var result = await RunAsync("task", "show", "j.count.0");
        var json = JsonDocument.Parse((await RunAsync("task", "show", "j.count.0", "--json")).Out).RootElement;

        Assert.Matches(@"\nHealth +UNHEALTHY", result.Out);
        Assert.Matches(@"\ncount +RUNNING +UNHEALTHY .* 20s ago: GET /live answered 500", result.Out);
        Assert.Equal("UNHEALTHY", json.GetProperty("health").GetString());
        Assert.Equal("GET /live answered 500", json.GetProperty("containers")[0].GetProperty("health").GetProperty("reason").GetString());
    }

    [Fact]
    public async Task TaskShow_ReasonWithControlCharacters_CannotMoveTheCursor()
    {
        Cluster.OnJson("GET /v1/tasks/j.count.0", Samples.Task("j.count.0", TaskState.Stopped) with { Reason = "bad\u001b[2Jtext\r\nnext" });

        var result = await RunAsync("task", "show", "j.count.0");

        Assert.DoesNotContain('\u001b', result.Out);
        Assert.Contains("bad [2Jtext  next", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TaskLogs_TwoChunksOfBothStreams_KeepsTheStreamsApart()
    {
        Cluster.OnJsonInTurn(
            "GET /v1/tasks/j.count.0/logs",
            new LogChunk { Lines = [Samples.Line(0), Samples.Line(1, "stderr")], Next = 2, IsEnd = false },
            new LogChunk { Lines = [Samples.Line(2)], Next = 3, IsEnd = true, Note = "That is all." });

        var result = await RunAsync("task", "logs", "j.count.0", "--container", "app", "--attempt", "1");

        Assert.Equal(("line 0\nline 2\n", "line 1\nocs: That is all.\n"), (result.Out, result.Error));
        Assert.Contains("container=app&attempt=1&from=2", Cluster.Requests.Last().Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TaskLogs_FollowAsJson_PrintsALineEach()
    {
        Cluster.OnJson("GET /v1/tasks/j.count.0", Samples.Task("j.count.0", TaskState.Stopped));
        Cluster.On("GET /v1/tasks/j.count.0/logs", context =>
            context.Response.WriteAsync(JsonSerializer.Serialize(Samples.Line(0), ClusterJson.Options) + "\n" + JsonSerializer.Serialize(Samples.Line(1), ClusterJson.Options) + "\n"));

        var result = await RunAsync("task", "logs", "j.count.0", "--follow", "--json");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(["line 0", "line 1"], result.Out.TrimEnd().Split('\n').Select(line => JsonDocument.Parse(line).RootElement.GetProperty("text").GetString()));
    }

    [Fact]
    public async Task TaskStop_RunningTask_SaysThatItWillStop()
    {
        Cluster.OnJson("POST /v1/tasks/j.count.0/stop", Samples.Task("j.count.0", TaskState.Running));

        var result = await RunAsync("task", "stop", "j.count.0");

        Assert.Equal((0, "Task j.count.0 is RUNNING, to be stopped.\n"), (result.ExitCode, result.Out));
        Assert.Equal("{}", Cluster.Requests.Single().Body);
    }

    [Fact]
    public async Task NodeList_Nodes_PrintsWhatIsClaimedOfWhatThereIs()
    {
        Cluster.OnJson("GET /v1/nodes", Samples.PageOf(next: null, Samples.Node("host-1")));

        var result = await RunAsync("node", "list");

        Assert.Matches(@"\nhost-1 +ACTIVE +1 +0.25/2 +512 MiB/4 GiB +0 MiB/0 MiB +docker 20.10.24", result.Out);
    }

    [Fact]
    public async Task NodeList_SomeHaveGpusAndAmounts_ShowsThemInColumnsOfTheirOwn()
    {
        Cluster.OnJson("GET /v1/nodes", Samples.PageOf(next: null, Samples.Node("host-1"), Samples.NodeWithExtras("host-2")));

        var result = await RunAsync("node", "list");

        Assert.Matches(@"DISK +GPUS +AMOUNTS +RUNTIME *\n", result.Out);
        Assert.Matches(@"\nhost-1 .* 0 MiB/0 MiB +docker", result.Out);
        Assert.Matches(@"\nhost-2 .* 0 MiB/0 MiB +1.3/3 +licence 1/4 +docker", result.Out);
    }

    [Fact]
    public async Task NodeShow_GpusAndAmounts_NamesEachDevice()
    {
        Cluster.OnJson("GET /v1/nodes/host-2", Samples.NodeWithExtras("host-2"));

        var result = await RunAsync("node", "show", "host-2");

        Assert.Matches(@"\nGPUs +0 A100 \(1 claimed\), 1 A100 \(0.3 claimed\), GPU-2\n", result.Out);
        Assert.Matches(@"\nAmounts +licence 1/4\n", result.Out);
    }

    [Fact]
    public async Task NodeShow_Node_PrintsItsTasks()
    {
        Cluster.OnJson("GET /v1/nodes/host-1", Samples.Node("host-1"));

        var result = await RunAsync("node", "show", "host-1");

        Assert.Matches(@"Attributes +disk=ssd, zone=a\n", result.Out);
        Assert.Matches(@"Groups +family:web \(2\)\n", result.Out);
        Assert.Contains("wordcount-1.count.0", result.Out, StringComparison.Ordinal);
        Assert.Contains("1.75 cores, 3.5 GiB memory", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DefinitionCommands_RegisterListShow_PrintFamilyAndRevision()
    {
        Cluster.OnJson("POST /v1/task-definitions", Samples.Definition(3), 201);
        Cluster.OnJson("GET /v1/task-definitions", Samples.PageOf(next: null, Samples.Definition(3)));
        Cluster.OnJson("GET /v1/task-definitions/web/3", Samples.Definition(3));
        var file = WriteFile("web.yaml", "family: web\ncontainers: [{ name: app, image: ocs/busybox, resources: { cpu: 500, memory: 256 } }]\n");

        Assert.Equal("Task definition web:3 is registered.\n", (await RunAsync("definition", "register", file)).Out);
        Assert.Matches(@"\nweb:3 +3h ago +0.5 +256 MiB +ocs/busybox", (await RunAsync("definition", "list", "web")).Out);
        Assert.Matches(@"Command +sleep 5\n", (await RunAsync("definition", "show", "web:3")).Out);
        Assert.Contains(Cluster.Requests, request => request.Query.StartsWith("?family=web", StringComparison.Ordinal));
    }

    [Fact]
    public async Task DefinitionShow_NoNumberAfterTheColon_IsBadUsage()
    {
        var result = await RunAsync("definition", "show", "web:newest");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("expected FAMILY or FAMILY:REVISION", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_TooBigTask_SaysThatWaitingWillNotHelp()
    {
        Cluster.OnJson("GET /v1/tasks/j.big.0/explanation", new TaskExplanation
        {
            TaskId = "j.big.0",
            State = TaskState.Provisioning,
            Summary = "0/3 nodes: 2 insufficient memory, 1 draining; waiting will not help",
            Placement = new PlacementExplanation
            {
                Nodes = 3,
                Feasible = 0,
                Shortfalls = [new NodeShortfall("insufficient memory", 2), new NodeShortfall("draining", 1)],
                WaitingCanHelp = false,
                Summary = "0/3 nodes: 2 insufficient memory, 1 draining; waiting will not help",
            },
        });

        var result = await RunAsync("explain", "j.big.0");

        Assert.Equal(
            [
                "j.big.0 is PROVISIONING: 0/3 nodes: 2 insufficient memory, 1 draining; waiting will not help",
                "  0 of 3 nodes could take it now",
                "  2 of 3: insufficient memory",
                "  1 of 3: draining",
                "Waiting will not help: it would not fit on any node even if nothing else ran there.",
            ],
            result.Out.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task Events_Interrupted_SaysWhereToGoOn()
    {
        using var source = new CancellationTokenSource();
        var rounds = 0;
        Cluster.On("GET /v1/events", async context =>
        {
            if (Interlocked.Increment(ref rounds) > 1)
            {
                await source.CancelAsync();
                return;
            }

            await context.Response.WriteAsync($"id: 7\nevent: task.running\ndata: {JsonSerializer.Serialize(Samples.Event(7), ClusterJson.Options)}\n\n");
        });

        var result = await RunAsync(source.Token, "events", "--after", "6");

        Assert.Equal(130, result.ExitCode);
        Assert.Equal("12:00:00 task.running      wordcount-1.count.0\n", result.Out);
        Assert.Equal("ocs: Interrupted. Go on: ocs events --after 7\n", result.Error);
    }

    [Theory]
    [InlineData("job", "An OrleansCluster job")]
    [InlineData("schedule", "An OrleansCluster schedule")]
    [InlineData("service", "An OrleansCluster service")]
    [InlineData("task-definition", "An OrleansCluster task definition")]
    public async Task Schema_EitherName_PrintsItWithoutACluster(string name, string title)
    {
        var result = await RunAsync("schema", name);

        Assert.Equal(title, JsonDocument.Parse(result.Out).RootElement.GetProperty("title").GetString());
        Assert.Empty(Cluster.Requests);
    }

    [Fact]
    public async Task NodeShow_NoSuchNode_ExitsWith3()
    {
        var result = await RunAsync("node", "show", "nowhere");

        Assert.Equal((3, "ocs: There is no such thing\n"), (result.ExitCode, result.Error));
    }

    [Fact]
    public async Task NodeList_NobodyListens_ExitsWith4()
    {
        var result = await RunAsync("node", "list", "--address", "http://127.0.0.1:1");

        Assert.Equal(4, result.ExitCode);
        Assert.Contains("No cluster answers at http://127.0.0.1:1", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("job", "list", "--status", "sleeping")]
    [InlineData("job", "list", "--limit", "0")]
    [InlineData("job", "show")]
    [InlineData("job")]
    [InlineData("jobs", "list")]
    [InlineData("node", "list", "--address", "here")]
    [InlineData("schema", "node")]
    public async Task Run_BadUsage_ExitsWith2AndChangesNothing(params string[] args)
    {
        var result = await RunAsync(args);
        var json = await RunAsync([.. args, "--json"]);

        Assert.Equal((2, ""), (result.ExitCode, result.Out));
        Assert.StartsWith("ocs: ", result.Error, StringComparison.Ordinal);
        Assert.Equal("urn:ocs:problem:usage", JsonDocument.Parse(json.Error).RootElement.GetProperty("type").GetString());
        Assert.Empty(Cluster.Requests);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("job", "submit", "--help")]
    [InlineData("explain", "-h")]
    public async Task Help_AnyCommand_HasExamplesAndExitCodes(params string[] args)
    {
        var result = await RunAsync(args);

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("Usage:\n  ocs", result.Out, StringComparison.Ordinal);
        Assert.Contains("Examples:\n  ocs ", result.Out, StringComparison.Ordinal);
        Assert.Contains("  130  interrupted", result.Out, StringComparison.Ordinal);
    }

    private static string StripColors(string text) => System.Text.RegularExpressions.Regex.Replace(text, "\u001b\\[[0-9;]*m", "");
}
