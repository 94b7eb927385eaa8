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
    public async Task Health_StoreAnswers_Ok()
    {
        await using var host = await ApiHost.Start();

        Assert.Equal("ok", (await host.Get("/healthz"))["status"]);
        Assert.Equal("ready", (await host.Get("/readyz"))["status"]);
    }
}
