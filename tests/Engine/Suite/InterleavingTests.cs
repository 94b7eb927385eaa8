using OrleansCluster.Tests.Engine.Grains;

namespace OrleansCluster.Tests.Engine.Suite;

public sealed class InterleavingTests : EngineSuite
{
    [Fact]
    public async Task Calls_OfNonReentrantGrain_RunOneAfterAnother()
    {
        var grain = Grains.GetGrain<IGateGrain>("a");

        var counts = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => grain.CountSlowly()));

        Assert.Equal(Enumerable.Range(1, 200), counts.Order());
    }

    [Fact]
    public async Task Pass_OnNonReentrantGrain_WaitsForTheOneBefore()
    {
        var grain = Grains.GetGrain<IGateGrain>("a");
        var first = grain.Pass("first");
        await Probe.SeenAsync("in first");
        Probe.Open("second");
        var second = grain.Pass("second");

        Probe.Open("first");
        await Task.WhenAll(first, second);

        Assert.Equal(["in first", "out first", "in second", "out second"], Probe.Events);
    }

    [Fact]
    public async Task AlwaysInterleave_WhileAnotherCallRuns_Runs()
    {
        var grain = Grains.GetGrain<IGateGrain>("a");
        var blocked = grain.Pass("first");
        await Probe.SeenAsync("in first");
        Probe.Open("poll");

        await grain.Interleave("poll");

        Assert.False(blocked.IsCompleted);
        Probe.Open("first");
        await blocked;
    }

    [Fact]
    public async Task AlwaysInterleave_WhileItWaits_BlocksNobody()
    {
        var grain = Grains.GetGrain<IGateGrain>("a");
        var poll = grain.Interleave("poll");
        await Probe.SeenAsync("in poll");

        Assert.Equal(1, await grain.CountSlowly());

        Probe.Open("poll");
        await poll;
    }

    [Fact]
    public async Task ReadOnly_WithReadOnly_RunTogether()
    {
        var grain = Grains.GetGrain<IGateGrain>("a");

        var reads = new[] { grain.Read("one"), grain.Read("two") };
        await Probe.SeenAsync("in one");
        await Probe.SeenAsync("in two");

        Probe.Open("one");
        Probe.Open("two");
        await Task.WhenAll(reads);
    }

    [Fact]
    public async Task ReadOnly_WithOtherCall_Waits()
    {
        var grain = Grains.GetGrain<IGateGrain>("a");
        var write = grain.Pass("write");
        await Probe.SeenAsync("in write");
        Probe.Open("read");
        var read = grain.Read("read");

        Probe.Open("write");
        await Task.WhenAll(write, read);

        Assert.Equal(["in write", "out write", "in read", "out read"], Probe.Events);
    }

    [Fact]
    public async Task Reentrant_WhileACallWaits_TakesTheNext()
    {
        var grain = Grains.GetGrain<IReentrantGateGrain>("a");
        var calls = new[] { grain.Pass("one"), grain.Pass("two") };
        await Probe.SeenAsync("in one");
        await Probe.SeenAsync("in two");

        Probe.Open("two");
        await calls[1];
        Assert.False(calls[0].IsCompleted);
        Probe.Open("one");
        await calls[0];
    }

    [Fact]
    public async Task Reentrant_CalledBackByWhomItCalls_DoesNotDeadlock()
    {
        Probe.Open("back");

        await Grains.GetGrain<IReentrantGateGrain>("a").CallBack("relay", "back");

        Assert.Equal(["in back", "out back"], Probe.Events);
    }
}
