using OrleansCluster.Client;
using Spec = OrleansCluster.JobSpec;

namespace OrleansCluster.Tests.Api.Sdk;

public sealed class JobsClientTests : SdkTest
{
    private static readonly Spec _spec = new() { Name = "wordcount", Tasks = [] };

    [Fact]
    public async Task SubmitAsync_ConnectionBreaksTwice_RepeatsWithTheSameKeyAndBody()
    {
        var breaks = 2;
        Cluster.On("POST /v1/jobs", context => Interlocked.Decrement(ref breaks) >= 0
            ? FakeCluster.Break(context)
            : FakeCluster.WriteAsync(context, Samples.Job("wordcount-1", JobStatus.Running), 201, "application/json"));

        var job = await Client.Jobs.SubmitAsync(_spec);

        Assert.Equal("wordcount-1", job.Id);
        Assert.Equal(["key-1", "key-1", "key-1"], Cluster.Requests.Select(request => request.IdempotencyKey));
        Assert.Single(Cluster.Requests.Select(request => request.Body).Distinct());
    }

    [Fact]
    public async Task PlanAsync_ThenSubmitPlanAsync_SendsThePlanBack()
    {
        var plan = new JobPlan
        {
            JobId = "wordcount-1",
            Spec = _spec,
            Placements = [new JobPlacement { Task = "a", Indexes = [0, 1], Node = "n1", NodeVersion = "9007199254740993" }],
        };
        Cluster.OnJson("POST /v1/jobs/plan", plan);
        Cluster.OnJson("POST /v1/jobs/planned", Samples.Job("wordcount-1", JobStatus.Running), 201);

        var job = await Client.Jobs.SubmitPlanAsync(await Client.Jobs.PlanAsync(_spec));

        Assert.Equal("wordcount-1", job.Id);
        Assert.Contains("\"placements\":[{\"task\":\"a\",\"indexes\":[0,1],\"node\":\"n1\",\"nodeVersion\":\"9007199254740993\"}]", Cluster.Requests.Last().Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SubmitAsync_TwoCalls_SendDifferentKeys()
    {
        Cluster.OnJson("POST /v1/jobs", Samples.Job("wordcount-1", JobStatus.Running), 201);

        await Client.Jobs.SubmitAsync(_spec);
        await Client.Jobs.SubmitAsync(_spec);
        await Client.Jobs.SubmitAsync(_spec, "mine");

        Assert.Equal(["key-1", "key-2", "mine"], Cluster.Requests.Select(request => request.IdempotencyKey));
        Assert.All(Cluster.Requests, request => Assert.Contains("cluster=green", request.Query, StringComparison.Ordinal));
    }

    [Fact]
    public async Task SubmitAsync_Refused_CarriesTitleStatusAndAllFaultsAndIsNotRepeated()
    {
        Cluster.OnProblem("POST /v1/jobs", 400, "The input has faults", new Fault("/tasks", "Expected one task at least."), new Fault("/name", "Too long."));

        var refusal = await Assert.ThrowsAsync<ClusterApiException>(() => Client.Jobs.SubmitAsync(_spec));

        Assert.Equal((400, "The input has faults", "The details."), (refusal.Status, refusal.Title, refusal.Detail));
        Assert.Equal(["/tasks", "/name"], refusal.Faults.Select(fault => fault.Path));
        Assert.Single(Cluster.Requests);
    }

    [Fact]
    public async Task GetAsync_AnswerOfAProxy_IsAnApiExceptionAll()
    {
        Cluster.On("GET /v1/jobs/x", context => FakeCluster.WriteAsync(context, "<html>", 403, "text/html"));

        var refusal = await Assert.ThrowsAsync<ClusterApiException>(() => Client.Jobs.GetAsync("x"));

        Assert.Equal(403, refusal.Status);
        Assert.Contains("/v1/jobs/x", refusal.Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetAsync_NoJson_SaysThatTheAddressMayBeWrong()
    {
        Cluster.On("GET /v1/jobs/x", context => FakeCluster.WriteAsync(context, 5, 200, "text/html"));

        var refusal = await Assert.ThrowsAsync<ClusterApiException>(() => Client.Jobs.GetAsync("x"));

        Assert.Contains("is the address right", refusal.Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetAsync_AlwaysUnavailable_GivesUpAfterTheAttempts()
    {
        Cluster.OnProblem("GET /v1/jobs/x", 503, "The cluster cannot answer now");

        await Assert.ThrowsAsync<ClusterUnreachableException>(() => Client.Jobs.GetAsync("x"));

        Assert.Equal(new OrleansClusterClientOptions().Attempts, Cluster.Requests.Count);
    }

    [Fact]
    public async Task GetAsync_IdWithASlash_StaysOneSegment()
    {
        await Assert.ThrowsAsync<ClusterApiException>(() => Client.Jobs.GetAsync("a/../b"));

        // The server has decoded all but the slash.
        Assert.Equal("GET /v1/jobs/a%2F..%2Fb", Assert.Single(Cluster.Requests).Route);
    }

    [Fact]
    public async Task ListAsync_ThreePages_GivesAllInOrder()
    {
        Cluster.OnJsonInTurn(
            "GET /v1/jobs",
            Samples.PageOf("a b", Samples.Job("1", JobStatus.Running), Samples.Job("2", JobStatus.Running)),
            Samples.PageOf("c", Samples.Job("3", JobStatus.Running)),
            Samples.PageOf(next: null, Samples.Job("4", JobStatus.Running)));

        var jobs = await ToListAsync(Client.Jobs.ListAsync(JobStatus.Running));

        Assert.Equal(["1", "2", "3", "4"], jobs.Select(job => job.Id));
        Assert.Equal(
            ["?status=RUNNING&limit=1000&cluster=green", "?status=RUNNING&after=a%20b&limit=1000&cluster=green", "?status=RUNNING&after=c&limit=1000&cluster=green"],
            Cluster.Requests.Select(request => request.Query));
    }

    [Fact]
    public async Task WatchAsync_UnchangedAnswersAndARestart_GivesEachChangeOnceUntilTheEnd()
    {
        var answers = new Queue<JobView?>(
        [
            Samples.Job("x", JobStatus.Running, 1), Samples.Job("x", JobStatus.Running, 1), null, null, null, null, null,
            Samples.Job("x", JobStatus.Running, 2, succeeded: 2), Samples.Job("x", JobStatus.Succeeded, 3, succeeded: 4),
        ]);
        Cluster.On("GET /v1/jobs/x", context => answers.Dequeue() is { } job
            ? FakeCluster.WriteAsync(context, job, 200, "application/json")
            : FakeCluster.Break(context));

        var seen = await ToListAsync(Client.Jobs.WatchAsync("x"));

        Assert.Equal([1, 2, 3], seen.Select(job => job.Version));
        Assert.Equal("?cluster=green", Cluster.Requests.First().Query);
        Assert.Contains("?version=1&wait=30&cluster=green", Cluster.Requests.Select(request => request.Query));
    }

    [Fact]
    public async Task StopAsync_WithReason_SendsIt()
    {
        Cluster.OnJson("POST /v1/jobs/x/stop", Samples.Job("x", JobStatus.Stopping));

        await Client.Jobs.StopAsync("x", "wrong input");

        Assert.Equal("""{"reason":"wrong input"}""", Assert.Single(Cluster.Requests).Body);
    }

    [Fact]
    public async Task GetAsync_Cancelled_ThrowsThatAtOnce()
    {
        using var source = new CancellationTokenSource();
        Cluster.On("GET /v1/jobs/x", async context =>
        {
            await source.CancelAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Client.Jobs.GetAsync("x", source.Token));
    }
}
