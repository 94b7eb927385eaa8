using System.Text.Json;
using OrleansCluster.Tests.Api.Sdk;

namespace OrleansCluster.Tests.Api.Cli;

public sealed class FrameworkCommandTests : CliTest
{
    private static FrameworkView Spark { get; } = new()
    {
        Spec = new FrameworkSpec { Name = "spark", Team = "research", FailoverTimeout = 60 },
        Status = FrameworkStatus.Disconnected,
        RegisteredAt = InstantTime.Now.AddMinutes(-5),
        DisconnectedAt = InstantTime.Now.AddMinutes(-1),
        Tasks = 3,
        Unacknowledged = 2,
    };

    [Fact]
    public async Task List_Frameworks_HaveALineEach()
    {
        Cluster.OnJson("GET /v1/frameworks", Samples.PageOf(next: null, Spark));

        var result = await RunAsync("framework", "list");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Matches(@"\nspark +DISCONNECTED +research +3 +0 +5m", result.Out);
    }

    [Fact]
    public async Task Show_Framework_SaysWhatBecomesOfItsTasks()
    {
        Cluster.OnJson("GET /v1/frameworks/spark", Spark);

        var result = await RunAsync("framework", "show", "spark");
        var json = await RunAsync("framework", "show", "spark", "--json");

        Assert.Equal(0, result.ExitCode);
        Assert.Matches(@"Status +DISCONNECTED since 2026-11-22", result.Out);
        Assert.Matches(@"Tasks +3 of at most 50000, 2 updates not acknowledged", result.Out);
        Assert.Matches(@"When away +its tasks are stopped after 60 s", result.Out);
        Assert.Contains("ocs task list --framework spark", result.Out, StringComparison.Ordinal);
        Assert.Equal("DISCONNECTED", JsonDocument.Parse(json.Out).RootElement.GetProperty("status").GetString());
    }

    [Fact]
    public async Task Remove_Framework_IsToldHowManyTasksStop()
    {
        Cluster.OnJson("GET /v1/frameworks/spark", Spark);
        Cluster.On("DELETE /v1/frameworks/spark", context =>
        {
            context.Response.StatusCode = 204;
            return Task.CompletedTask;
        });

        var result = await RunAsync("framework", "remove", "spark");
        var missing = await RunAsync("framework", "remove", "flink");

        Assert.Equal((0, "Framework spark is being removed: 3 tasks to stop.\n"), (result.ExitCode, result.Out));
        Assert.Equal(3, missing.ExitCode);
    }

    [Fact]
    public async Task TaskStart_ImageOnNodes_SendsThemAndItsChanges()
    {
        Cluster.OnJson("POST /v1/tasks/start", Samples.Job("start-1", JobStatus.Running), 201);

        var image = await RunAsync("task", "start", "--node", "n1", "--node", "n2", "--count", "2", "--cpu", "500", "ocs/busybox", "--", "sleep", "600");
        var definition = await RunAsync("task", "start", "--node", "n1", "--definition", "web:3", "--container", "main", "--env", "A=1", "--started-by", "monthly", "--json");

        Assert.Equal((0, 0), (image.ExitCode, definition.ExitCode));
        Assert.Contains("on n1, n2.", image.Out, StringComparison.Ordinal);
        var sent = Cluster.Requests.Select(request => JsonSerializer.Deserialize<StartTaskRequest>(request.Body, ClusterJson.Options)!).ToList();
        Assert.Equal(["n1", "n2"], sent[0].Nodes);
        Assert.Equal((2, "ocs/busybox", 500, "start"), (sent[0].Count, sent[0].Containers[0].Image, sent[0].Containers[0].Resources.Cpu, sent[0].StartedBy));
        Assert.Equal(["sleep", "600"], sent[0].Containers[0].Command);
        Assert.Equal(("web:3", "monthly", "1"), (sent[1].Definition, sent[1].StartedBy, sent[1].Overrides[0].Environment["A"]));
    }

    [Fact]
    public async Task TaskStart_DoesNotFit_NamesTheArguments()
    {
        Cluster.OnProblem("POST /v1/tasks/start", 409, "Nothing was started.", new Fault("/nodes/0", "node n1 is short of cpu by 500"), new Fault("/containers/0/resources/cpu", "too much"), new Fault("/startedBy", "no name"));

        var result = await RunAsync("task", "start", "--node", "n1", "ocs/busybox");

        Assert.Equal(3, result.ExitCode);
        Assert.Contains("--node: node n1 is short of cpu by 500", result.Error, StringComparison.Ordinal);
        Assert.Contains("--cpu: too much", result.Error, StringComparison.Ordinal);
        Assert.Contains("--started-by: no name", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("task", "start", "ocs/busybox")]
    [InlineData("task", "start", "--node", "n1")]
    [InlineData("task", "start", "--node", "n1", "--definition", "web", "--cpu", "5")]
    [InlineData("task", "list", "--framework", "f", "--job", "j")]
    public async Task Run_ArgumentsThatDoNotGo_AsksNobody(params string[] args)
    {
        Assert.Equal(2, (await RunAsync(args)).ExitCode);
        Assert.Empty(Cluster.Requests);
    }

    [Fact]
    public async Task TaskList_OfAFramework_AsksForItsTasks()
    {
        Cluster.OnJson("GET /v1/tasks", Samples.PageOf<TaskView>(next: null));

        Assert.Equal(0, (await RunAsync("task", "list", "--framework", "spark")).ExitCode);

        Assert.Contains("framework=spark", Cluster.Requests.Single().Query, StringComparison.Ordinal);
    }
}
