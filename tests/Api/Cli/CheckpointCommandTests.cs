using System.Text.Json;
using OrleansCluster.Tests.Api.Sdk;

namespace OrleansCluster.Tests.Api.Cli;

public sealed class CheckpointCommandTests : CliTest
{
    private const string Route = "/v1/tasks/j.count.0/checkpoints";

    private static TaskCheckpoint Fourth { get; } = new()
    {
        Number = 4,
        Attempt = 2,
        Name = "c4",
        Size = 2048,
        Digest = "",
        TakenAt = InstantTime.Now.AddMinutes(-3),
        Node = "host-1",
    };

    private static TaskCheckpoints Answered { get; } = new() { Requested = 2, Answered = 2, AnsweredBy = 4, Newest = 4, Kept = [Fourth] };

    [Fact]
    public async Task Checkpoint_TaskThatRuns_WaitsUntilItIsStored()
    {
        Cluster.OnJson($"POST {Route}", new TaskCheckpoints { Requested = 2, Answered = 1 }, 202);
        Cluster.OnJsonInTurn($"GET {Route}", new TaskCheckpoints { Requested = 2, Answered = 1 }, Answered);

        var result = await RunAsync("task", "checkpoint", "j.count.0");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Matches(@"^Checkpoint 4 of j\.count\.0: 2 KiB, attempt 2\.\n$", result.Out);
        Assert.Equal(3, Cluster.Requests.Count);
        Assert.Contains("request=2", Cluster.Requests.Last().Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Checkpoint_AsJson_IsTheCheckpoint()
    {
        Cluster.OnJson($"POST {Route}", Answered, 202);

        var result = await RunAsync("task", "checkpoint", "j.count.0", "--json");

        Assert.Equal(4, JsonDocument.Parse(result.Out).RootElement.GetProperty("number").GetInt32());
    }

    [Fact]
    public async Task Checkpoint_CannotBeTaken_SaysWhy()
    {
        Cluster.OnJson($"POST {Route}", new TaskCheckpoints { Requested = 2, Answered = 2, Failure = "No checkpoint could be taken: it is too large." }, 202);

        var result = await RunAsync("task", "checkpoint", "j.count.0");

        Assert.Equal(3, result.ExitCode);
        Assert.Contains("it is too large", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Checkpoint_DefinitionHasNone_IsRefused()
    {
        Cluster.OnProblem($"POST {Route}", 409, "Task j.count.0 names no directory to take a checkpoint of.");

        var result = await RunAsync("task", "checkpoint", "j.count.0");

        Assert.Equal(3, result.ExitCode);
        Assert.Contains("names no directory", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Checkpoints_Task_ListsWhatIsKeptAndWhyTheLastTryFailed()
    {
        Cluster.OnJson($"GET {Route}", Answered with { Failure = "The store is away." });

        var result = await RunAsync("task", "checkpoints", "j.count.0");

        Assert.Matches(@"\n4 +3m ago +2 KiB +2 +host-1", result.Out);
        Assert.EndsWith("The last try: The store is away.\n", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Checkpoints_UnknownTask_IsRefused() => Assert.Equal(3, (await RunAsync("task", "checkpoints", "j.count.9")).ExitCode);
}
