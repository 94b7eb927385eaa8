using OrleansCluster.Tests.Engine.Grains;

namespace OrleansCluster.Tests.Engine.Suite;

public sealed class RequestContextTests : EngineSuite
{
    [Fact]
    public async Task Context_SetByCaller_ReachesGrainsDownTheLine()
    {
        RequestContext.Set("trace", "t1");

        Assert.Equal("t1", await Grains.GetGrain<IEchoGrain>("a").Context("trace", null));
        Assert.Equal("t1", await Grains.GetGrain<IEchoGrain>("a").Context("trace", "b"));
    }

    [Fact]
    public async Task Context_SetByGrain_DoesNotComeBackOrStay()
    {
        await Grains.GetGrain<IEchoGrain>("a").SetContext("trace", "inner");

        Assert.Null(RequestContext.Get("trace"));
        Assert.Null(await Grains.GetGrain<IEchoGrain>("a").Context("trace", null));
    }

    [Fact]
    public void RequestContext_SetGetRemoveClear_BehaveAsADictionary()
    {
        RequestContext.Set("a", 1);
        RequestContext.Set("b", 2);
        RequestContext.Set("a", 3);

        Assert.Equal(3, RequestContext.Get("a"));
        Assert.Equal(["a", "b"], RequestContext.Keys.Order());
        Assert.True(RequestContext.Remove("a"));
        Assert.False(RequestContext.Remove("a"));
        RequestContext.Clear();
        Assert.Empty(RequestContext.Entries);
    }
}
