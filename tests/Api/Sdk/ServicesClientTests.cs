using OrleansCluster.Client;

namespace OrleansCluster.Tests.Api.Sdk;

public sealed class ServicesClientTests : SdkTest
{
    [Fact]
    public async Task EachCall_Service_SendsWhatIsAsked()
    {
        var service = Samples.Service();
        foreach (var route in (string[])["PUT /v1/services/web", "GET /v1/services/web", "POST /v1/services/web/scale", "POST /v1/services/web/rollback", "POST /v1/services/web/protect", "POST /v1/services/web/rebalance", "POST /v1/services/web/approve", "POST /v1/services/web/stop-deployment", "DELETE /v1/services/web"])
            Cluster.OnJson(route, service);
        Cluster.OnJson("GET /v1/services", Samples.PageOf(next: null, service));
        Cluster.OnJson("GET /v1/tasks", Samples.PageOf<TaskView>(next: null));

        await Client.Services.PutAsync(service.Spec, PutMode.Create);
        await Client.Services.GetAsync("web");
        await Client.Services.ScaleAsync("web", 6);
        await Client.Services.RollbackAsync("web");
        await Client.Services.ProtectAsync("web", "web.0.5", TimeSpan.FromMinutes(2));
        await Client.Services.RebalanceAsync("web", dryRun: true);
        await Client.Services.StopDeploymentAsync("web", rollback: false);
        await Client.Services.ApproveAsync("web", "sign-off");
        Assert.Single(await ToListAsync(Client.Services.ListAsync()));
        await Client.Tasks.GetPageOfServiceAsync("web", TaskState.Running, PageRequest.First);
        await Client.Services.DeleteAsync("web");

        Assert.Equal(
            ["?mode=CREATE&cluster=green", "?cluster=green", "?cluster=green", "?cluster=green", "?cluster=green", "?cluster=green", "?cluster=green", "?cluster=green", "?limit=1000&cluster=green", "?service=web&state=RUNNING&limit=100&cluster=green", "?cluster=green"],
            Cluster.Requests.Select(request => request.Query));
        Assert.Equal(["{\"desiredCount\":6}", "{}", "{\"task\":\"web.0.5\",\"seconds\":120}", "{\"dryRun\":true}", "{\"rollback\":false}", "{\"hook\":\"sign-off\",\"reject\":false}"], Cluster.Requests.Skip(2).Take(6).Select(request => request.Body));
    }

    [Fact]
    public async Task PutMetricAsync_Value_IsSent()
    {
        Cluster.OnJson("PUT /v1/services/web/metrics/queue", new ServiceMetric { Name = "queue", Value = 12.5, At = DateTimeOffset.UnixEpoch });

        Assert.Equal(12.5, (await Client.Services.PutMetricAsync("web", "queue", 12.5)).Value);

        Assert.Equal("{\"value\":12.5}", Cluster.Requests.Single().Body);
    }

    [Fact]
    public async Task WatchAsync_Changes_AreGivenOnceEachUntilItIsGone()
    {
        var turn = 0;
        ServiceView[] views = [Samples.Service(version: 1), Samples.Service(version: 2), Samples.Service(version: 3, healthy: 2)];
        Cluster.On("GET /v1/services/web", context => turn < views.Length
            ? FakeCluster.WriteAsync(context, views[turn++], 200, "application/json")
            : FakeCluster.WriteAsync(context, new { title = "There is no such thing", status = 404 }, 404, "application/problem+json"));

        var seen = await ToListAsync(Client.Services.WatchAsync("web"));

        Assert.Equal([1, 3], seen.Select(view => view.Version));
        Assert.Equal("?version=3&wait=30&cluster=green", Cluster.Requests.Last().Query);
    }

    [Fact]
    public async Task WatchAsync_NoSuchService_Throws() =>
        Assert.Equal(404, (await Assert.ThrowsAsync<ClusterApiException>(() => ToListAsync(Client.Services.WatchAsync("web")))).Status);

    [Fact]
    public async Task RollbackAsync_AnswerIsLost_IsNotAskedForAgain()
    {
        Cluster.On("POST /v1/services/web/rollback", FakeCluster.Break);

        await Assert.ThrowsAsync<ClusterUnreachableException>(() => Client.Services.RollbackAsync("web"));

        Assert.Single(Cluster.Requests);
    }
}
