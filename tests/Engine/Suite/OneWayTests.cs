using OrleansCluster.Tests.Engine.Grains;

namespace OrleansCluster.Tests.Engine.Suite;

public sealed class OneWayTests : EngineSuite
{
    [Fact]
    public async Task OneWay_WhileGrainWorks_ReturnsAtOnce()
    {
        await Grains.GetGrain<IEchoGrain>("a").OneWay("work", fail: false);

        await Probe.SeenAsync("in work");
        Assert.DoesNotContain("out work", Probe.Events);
        Probe.Open("work");
        await Probe.SeenAsync("out work");
    }

    [Fact]
    public async Task OneWay_ThatFails_IsLoggedOnly()
    {
        Probe.Open("accident");

        await Grains.GetGrain<IEchoGrain>("a").OneWay("accident", fail: true);

        await Probe.SeenAsync("logged InvalidOperationException: accident");
    }
}
