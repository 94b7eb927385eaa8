using OrleansCluster.Tests.Api.Http.Fakes;

namespace OrleansCluster.Tests.Api.Http;

public sealed class TaskRouteTests
{
    private const string Id = "a-1.split.0";

    [Fact]
    public async Task List_Filters_ReachTheQuery()
    {
        await using var host = await ApiHost.Start();

        var reply = await host.Get("/v1/tasks?job=a-1&state=RUNNING&after=x&limit=1000");

        Assert.Equal("tasks default a-1 Running x 1000", host.Queries.Asked);
        Assert.Equal(Id, reply.As<Page<TaskView>>().Items.Single().Id);
        Assert.False(reply.Json.TryGetProperty("next", out _));
    }

    [Fact]
    public async Task List_OfAService_ReachesTheQueryAndNotTogetherWithAJob()
    {
        await using var host = await ApiHost.Start();

        await host.Get("/v1/tasks?service=web");

        Assert.Equal("tasks default service/web   100", host.Queries.Asked);
        Assert.Equal(["?service: A task is of a job or of a service: expected only one of the two."], (await host.Get("/v1/tasks?service=web&job=a-1")).FaultsOf(400, "invalid-query"));
    }

    [Theory]
    [InlineData("web.7.12", true)]
    [InlineData("web.0.2147483647", true)]
    [InlineData("web.9999.1", true)]
    [InlineData("web.07.12", false)]
    [InlineData("web.7.012", false)]
    [InlineData("web.7.12345678901", false)]
    [InlineData("web.123456.1", false)]
    [InlineData("a-1.split.123456", false)]
    [InlineData("web.7", false)]
    [InlineData("web.7.-1", false)]
    public async Task Get_IdOfAServicesTask_IsAskedForOnlyWhereItIsOne(string id, bool isOne)
    {
        await using var host = await ApiHost.Start();
        if (isOne)
            host.Grains.Task(id).View = Samples.Task(id);

        Assert.Equal(isOne ? 200 : 404, (int)(await host.Get($"/v1/tasks/{id}")).Status);
        Assert.Equal(isOne, host.Grains.Keys.Any());
    }

    [Fact]
    public async Task Explanation_ServicesTaskThatFailed_CountsWithoutALimit()
    {
        await using var host = await ApiHost.Start();
        var failed = new AttemptView { Attempt = 1, StopCode = StopCode.EssentialContainerExited, ExitCode = 3, StoppedAt = Samples.Now };
        host.Grains.Task("web.7.12").View = Samples.Task("web.7.12") with { IsOfService = true, Attempt = 2, Failures = 1, NotBefore = Samples.Now.AddYears(50), EarlierAttempts = [failed] };

        var summary = (await host.Get("/v1/tasks/web.7.12/explanation"))["summary"];

        Assert.EndsWith("; attempts failed so far: 1, the last with exit code 3.", summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_KnownUnknownAndNoId_OkAndNotFound()
    {
        await using var host = await ApiHost.Start();
        host.Grains.Task(Id).View = Samples.Task(Id);

        Assert.Equal("PROVISIONING", (await host.Get($"/v1/tasks/{Id}"))["state"]);
        (await host.Get("/v1/tasks/a-1.split.1")).FaultsOf(404, "not-found");
        (await host.Get("/v1/tasks/nonsense")).FaultsOf(404, "not-found");
        Assert.DoesNotContain(host.Grains.Keys, key => key.Contains("nonsense"));
    }

    [Fact]
    public async Task Stop_Known_StopsAsTheUserSays()
    {
        await using var host = await ApiHost.Start();
        host.Grains.Task(Id).View = Samples.Task(Id);

        var reply = await host.Post($"/v1/tasks/{Id}/stop", """{ "reason": "enough" }""");

        Assert.Equal(("UserInitiated", "STOPPED", "enough"), (reply["stopCode"], reply["desiredStatus"], reply["reason"]));
        (await host.Post("/v1/tasks/a-1.split.9/stop", null)).FaultsOf(404, "not-found");
    }

    [Fact]
    public async Task Explanation_Queued_SchedulersWords()
    {
        await using var host = await ApiHost.Start();
        host.Grains.Task(Id).View = Samples.Task(Id);
        host.Grains.Scheduler().Explanation = new()
        {
            Nodes = 1,
            Feasible = 0,
            Shortfalls = [new("insufficient memory", 1)],
            WaitingCanHelp = false,
            Summary = "0/1 nodes: 1 insufficient memory; waiting will not help",
        };

        var explanation = (await host.Get($"/v1/tasks/{Id}/explanation")).As<TaskExplanation>();

        Assert.Equal((TaskState.Provisioning, "0/1 nodes: 1 insufficient memory; waiting will not help"), (explanation.State, explanation.Summary));
        Assert.False(explanation.Placement?.WaitingCanHelp);
    }

    [Fact]
    public async Task Explanation_Stopped_SaysWhy()
    {
        await using var host = await ApiHost.Start();
        host.Grains.Task(Id).View = Samples.Task(Id) with
        {
            State = TaskState.Stopped,
            Node = "n1",
            StopCode = StopCode.EssentialContainerExited,
            Reason = "main: OutOfMemoryError",
        };

        var reply = await host.Get($"/v1/tasks/{Id}/explanation");

        Assert.Equal("It has stopped (EssentialContainerExited): main: OutOfMemoryError", reply["summary"]);
    }

    [Fact]
    public async Task Explanation_EveryState_HasASentence()
    {
        await using var host = await ApiHost.Start();

        foreach (var state in Enum.GetValues<TaskState>())
        {
            foreach (var desired in Enum.GetValues<DesiredStatus>())
            {
                host.Grains.Task(Id).View = Samples.Task(Id) with { State = state, DesiredStatus = desired, Node = "n1" };
                Assert.EndsWith(".", (await host.Get($"/v1/tasks/{Id}/explanation"))["summary"]);
            }
        }
    }
}
