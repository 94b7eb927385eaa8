using System.Net;
using OrleansCluster.Tests.Api.Http.Fakes;

namespace OrleansCluster.Tests.Api.Http;

public sealed class CheckpointRouteTests
{
    private const string Id = "a-1.split.0";
    private const string Route = $"/v1/tasks/{Id}/checkpoints";

    private static readonly TaskCheckpoints _open = new() { Requested = 1 };

    private static readonly TaskCheckpoints _answered = new()
    {
        Requested = 1,
        Answered = 1,
        AnsweredBy = 4,
        Newest = 4,
        Kept = [new TaskCheckpoint { Number = 4, Attempt = 2, Name = "c4", Size = 10, Digest = "", TakenAt = Samples.Now, Node = "n1" }],
    };

    [Fact]
    public async Task Post_TaskThatRuns_IsAcceptedWithItsNumber()
    {
        await using var host = await ApiHost.Start();
        host.Grains.Task(Id).Request = _open;

        var reply = await host.Post(Route, "{}");

        Assert.Equal(HttpStatusCode.Accepted, reply.Status);
        Assert.Equal(1, reply.As<TaskCheckpoints>().Requested);
    }

    [Fact]
    public async Task Post_RefusedUnknownAndNoId_ConflictAndNotFound()
    {
        await using var host = await ApiHost.Start();
        host.Grains.Task(Id).Request = Refusal.Conflict("Its definition has no checkpoint.");

        (await host.Post(Route, "{}")).FaultsOf(409, "conflict");
        (await host.Post("/v1/tasks/a-1.split.9/checkpoints", "{}")).FaultsOf(404, "not-found");
        (await host.Post("/v1/tasks/nonsense/checkpoints", "{}")).FaultsOf(404, "not-found");
        Assert.DoesNotContain(host.Grains.Keys, key => key.Contains("nonsense"));
    }

    [Fact]
    public async Task Get_TaskWithAndWithoutCheckpoints_ShowsThem()
    {
        await using var host = await ApiHost.Start();
        host.Grains.Task(Id).View = Samples.Task(Id) with { Checkpoints = _answered };
        host.Grains.Task("a-1.split.1").View = Samples.Task("a-1.split.1");

        Assert.Equal((4, 2, "n1"), (await host.Get(Route)).As<TaskCheckpoints>().Kept.Select(kept => (kept.Number, kept.Attempt, kept.Node)).Single());
        Assert.Empty((await host.Get("/v1/tasks/a-1.split.1/checkpoints")).As<TaskCheckpoints>().Kept);
        (await host.Get("/v1/tasks/a-1.split.9/checkpoints")).FaultsOf(404, "not-found");
    }

    [Fact]
    public async Task Get_WaitForARequest_AsksTheTaskUntilItIsAnswered()
    {
        await using var host = await ApiHost.Start();
        var task = host.Grains.Task(Id);
        task.View = Samples.Task(Id) with { Checkpoints = _open };
        task.OnWatch = () => Task.FromResult<TaskView?>(task.View with { Checkpoints = task.Awaited.Count == 2 ? _answered : _open });

        var known = (await host.Get($"{Route}?request=1&wait=60")).As<TaskCheckpoints>();

        Assert.Equal((1, 4), (known.Answered, known.AnsweredBy));
        Assert.Equal([1, 1], task.Awaited.Select(each => each.Request));
        Assert.All(task.Awaited, each => Assert.InRange(each.Wait, TimeSpan.FromTicks(1), TimeSpan.FromSeconds(15)));
    }

    [Fact]
    public async Task Get_RequestThatIsAnsweredOrNoWait_AnswersAtOnce()
    {
        await using var host = await ApiHost.Start();
        var task = host.Grains.Task(Id);
        task.View = Samples.Task(Id) with { Checkpoints = _answered };

        Assert.Equal(1, (await host.Get($"{Route}?request=1&wait=60")).As<TaskCheckpoints>().Answered);
        task.View = Samples.Task(Id) with { Checkpoints = _open };
        Assert.Equal(0, (await host.Get($"{Route}?request=1")).As<TaskCheckpoints>().Answered);
        Assert.Empty(task.Awaited);
    }

    [Theory]
    [InlineData("request=x")]
    [InlineData("request=1&wait=100000")]
    [InlineData("wiat=1")]
    public async Task Get_BadInput_IsTold(string query)
    {
        await using var host = await ApiHost.Start();
        host.Grains.Task(Id).View = Samples.Task(Id);

        Assert.Single((await host.Get($"{Route}?{query}")).FaultsOf(400, "invalid-query"));
    }
}
