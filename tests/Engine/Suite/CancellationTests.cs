using OrleansCluster.Tests.Engine.Grains;

namespace OrleansCluster.Tests.Engine.Suite;

public sealed class CancellationTests : EngineSuite
{
    [Fact]
    public async Task Cancel_WhileGrainWaits_ReleasesCallerAndReachesGrain()
    {
        using var source = new CancellationTokenSource();
        var call = Grains.GetGrain<IEchoGrain>("a").Wait("one", source.Token);
        await Probe.SeenAsync("waits one");

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await Probe.SeenAsync("cancelled one");
    }

    [Fact]
    public async Task Cancel_WhileGrainIsBusy_ReleasesCallerAtOnce()
    {
        using var source = new CancellationTokenSource();
        await Grains.GetGrain<IEchoGrain>("a").OneWay("hold", fail: false);
        await Probe.SeenAsync("in hold");
        var call = Grains.GetGrain<IEchoGrain>("a").Wait("two", source.Token);

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Probe.Open("hold");
        Assert.Equal(1, await Grains.GetGrain<IEchoGrain>("a").EchoValue(1));
    }

    [Fact]
    public async Task Cancel_ThroughSecondGrain_ReachesBoth()
    {
        using var source = new CancellationTokenSource();
        var call = Grains.GetGrain<IEchoGrain>("a").RelayWait("b", "three", source.Token);
        await Probe.SeenAsync("waits three");

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await Probe.SeenAsync("cancelled three");
    }

    [Fact]
    public async Task Call_WithCancelledToken_NeverReachesGrain()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Grains.GetGrain<IEchoGrain>("a").Wait("four", new CancellationToken(canceled: true)));

        Assert.DoesNotContain("waits four", Probe.Events);
    }
}
