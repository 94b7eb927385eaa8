using OrleansCluster.Client;

namespace OrleansCluster.Tests.Api.Sdk;

public sealed class OtherClientsTests : SdkTest
{
    [Fact]
    public async Task NodesListAsync_TwoNodes_GivesBoth()
    {
        Cluster.OnJson("GET /v1/nodes", Samples.PageOf(next: null, Samples.Node("host-1"), Samples.Node("host-2")));

        var nodes = await ToListAsync(Client.Nodes.ListAsync());

        Assert.Equal(["host-1", "host-2"], nodes.Select(node => node.Name));
        Assert.Equal(new Resources(2000, 4096, 0), nodes[0].Capacity);
    }

    [Fact]
    public async Task NodesDrainAndActivateAsync_SendWhatIsAsked()
    {
        Cluster.OnJson("POST /v1/nodes/host-1/drain", Samples.Node("host-1"));
        Cluster.OnJson("POST /v1/nodes/host-1/activate", Samples.Node("host-1"));

        await Client.Nodes.DrainAsync("host-1", TimeSpan.FromMinutes(10), oneAtATime: true);
        await Client.Nodes.ActivateAsync("host-1");

        Assert.Equal(["""{"deadline":600,"oneAtATime":true}""", "{}"], Cluster.Requests.Select(request => request.Body));
    }

    [Fact]
    public async Task Schedules_EachCall_SendsWhatIsAsked()
    {
        var schedule = Samples.Schedule("nightly");
        foreach (var route in (string[])["PUT /v1/schedules/nightly", "GET /v1/schedules/nightly", "POST /v1/schedules/nightly/pause", "POST /v1/schedules/nightly/resume", "DELETE /v1/schedules/nightly"])
            Cluster.OnJson(route, schedule);
        Cluster.OnJson("GET /v1/schedules", Samples.PageOf(next: null, schedule));
        Cluster.OnJson("POST /v1/schedules/nightly/run", new ScheduleRun { Moment = InstantTime.Now, Outcome = ScheduleOutcome.Started, Job = "nightly-run-a" });

        await Client.Schedules.PutAsync(schedule.Spec);
        await Client.Schedules.GetAsync("nightly");
        await Client.Schedules.PauseAsync("nightly");
        await Client.Schedules.ResumeAsync("nightly");
        Assert.Equal("nightly-run-a", (await Client.Schedules.RunAsync("nightly")).Job);
        Assert.Single(await ToListAsync(Client.Schedules.ListAsync()));
        await Client.Schedules.DeleteAsync("nightly");

        Assert.Contains("\"cron\":\"30 2 * * *\"", Cluster.Requests.First().Body, StringComparison.Ordinal);
        Assert.Equal("DELETE /v1/schedules/nightly", Cluster.Requests.Last().Route);
    }

    [Fact]
    public async Task TaskDefinitionsGetAsync_WithAndWithoutRevision_AsksForItOrTheLatest()
    {
        Cluster.OnJson("GET /v1/task-definitions/web/3", Samples.Definition(3));
        Cluster.OnJson("GET /v1/task-definitions/web/latest", Samples.Definition(4));

        Assert.Equal("web:3", (await Client.TaskDefinitions.GetAsync("web", 3)).Name);
        Assert.Equal("web:4", (await Client.TaskDefinitions.GetAsync("web", revision: null)).Name);
    }

    [Fact]
    public async Task TaskDefinitionsRegisterAsync_Spec_SendsItAsTheApiReadsIt()
    {
        Cluster.OnJson("POST /v1/task-definitions", Samples.Definition(1), 201);
        var container = Samples.Definition(1).Containers[0];

        await Client.TaskDefinitions.RegisterAsync(new TaskDefinitionSpec { Family = "web", Containers = [container], Network = NetworkMode.Host });

        var body = Assert.Single(Cluster.Requests).Body;
        Assert.Contains("\"family\":\"web\"", body, StringComparison.Ordinal);
        Assert.Contains("\"network\":\"HOST\"", body, StringComparison.Ordinal);
        Assert.Contains("\"command\":[\"sleep\",\"5\"]", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TasksGetPageAsync_Filter_GoesIntoTheQuery()
    {
        Cluster.OnJson("GET /v1/tasks", Samples.PageOf<TaskView>(next: null));

        await Client.Tasks.GetPageAsync("j", TaskState.Running, new PageRequest { After = "t", Limit = 7 });

        Assert.Equal("?job=j&state=RUNNING&after=t&limit=7&cluster=green", Assert.Single(Cluster.Requests).Query);
    }

    [Fact]
    public async Task TasksGetLogsAsync_Query_GoesOnWhereItSays()
    {
        Cluster.OnJson("GET /v1/tasks/j.count.0/logs", new LogChunk { Lines = [Samples.Line(8)], Next = 9, IsEnd = true });

        var chunk = await Client.Tasks.GetLogsAsync("j.count.0", new LogQuery { Attempt = 2, From = 8, Limit = 5 });

        Assert.Equal((9, true, "line 8"), (chunk.Next, chunk.IsEnd, chunk.Lines[0].Text));
        Assert.Equal("?attempt=2&from=8&limit=5&cluster=green", Assert.Single(Cluster.Requests).Query);
    }
}
