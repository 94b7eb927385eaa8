namespace OrleansCluster.Tests.Api.Http;

public sealed class NodeRouteTests
{
    [Fact]
    public async Task List_Cluster_ItsNodes()
    {
        await using var host = await ApiHost.Start();

        var reply = await host.Get("/v1/nodes?cluster=test");

        Assert.Equal("nodes test", host.Queries.Asked);
        Assert.Equal(2000, reply.As<Page<NodeView>>().Items.Single().Capacity.Cpu);
    }

    [Fact]
    public async Task Get_KnownAndUnknown_OkAndNotFound()
    {
        await using var host = await ApiHost.Start();

        Assert.Equal(["a-1.split.0"], (await host.Get("/v1/nodes/n1")).As<NodeView>().Tasks);
        (await host.Get("/v1/nodes/n2")).FaultsOf(404, "not-found");
    }

    [Fact]
    public async Task Drain_WithAndWithoutBody_HandsOnWhatIsAsked()
    {
        await using var host = await ApiHost.Start();

        Assert.Equal("n1", (await host.Post("/v1/nodes/n1/drain", """{"deadline":600,"oneAtATime":true}""")).As<NodeView>().Name);
        Assert.Equal((600, true), (host.Grains.Drain("n1").Drain!.Deadline, host.Grains.Drain("n1").Drain!.OneAtATime));
        await host.Post("/v1/nodes/n1/drain", "");
        Assert.Equal(0, host.Grains.Drain("n1").Drain!.Deadline);
        await host.Post("/v1/nodes/n1/activate", "");
        Assert.Null(host.Grains.Drain("n1").Drain);
    }

    [Fact]
    public async Task Drain_UnknownNodeOrBadBody_IsRefused()
    {
        await using var host = await ApiHost.Start();
        host.Grains.Drain("gone").Refusal = Refusal.NotFound("There is no node gone.");

        (await host.Post("/v1/nodes/gone/drain", "")).FaultsOf(404, "not-found");
        (await host.Post("/v1/nodes/gone/activate", "")).FaultsOf(404, "not-found");
        (await host.Post("/v1/nodes/n1/drain", """{"dedline":1}""")).FaultsOf(400, "invalid-input");
    }

    [Fact]
    public async Task Health_StoreAnswers_Ok()
    {
        await using var host = await ApiHost.Start();

        Assert.Equal("ok", (await host.Get("/healthz"))["status"]);
        Assert.Equal("ready", (await host.Get("/readyz"))["status"]);
    }
}
