using OrleansCluster.Tests.Engine.Grains;

namespace OrleansCluster.Tests.Engine.Suite;

public sealed class LifecycleTests : EngineSuite
{
    [Fact]
    public async Task DeactivateOnIdle_ThenCall_MakesANewActivation()
    {
        var grain = Grains.GetGrain<ILifeGrain>("a");
        Assert.Equal(1, await grain.Live());

        await grain.Go(null);

        Assert.Equal(2, await grain.Live());
        Assert.Equal(["born", "gone: ApplicationRequested", "born"], Probe.Events);
    }

    [Fact]
    public async Task DeactivateOnIdle_WhileItsCallRuns_LetsTheNextWaitForTheNewActivation()
    {
        var grain = Grains.GetGrain<ILifeGrain>("a");
        var going = grain.Go("exit");
        await Probe.SeenAsync("in exit");
        var next = grain.Live();

        Probe.Open("exit");

        await going;
        Assert.Equal(2, await next);
        Assert.Equal(["born", "in exit", "out exit", "gone: ApplicationRequested", "born"], Probe.Events);
    }

    [Fact]
    public async Task OnActivateAsync_ThatFails_FailsAllWhoWaitAndTheNextCallTriesAnew()
    {
        var grain = Grains.GetGrain<ILifeGrain>("stillborn");
        var calls = new[] { grain.Live(), grain.Live() };
        await Probe.SeenAsync("born");

        Probe.Open("birth");

        // Orleans seeks an activation asynchronously, so one of two calls made at once may come late and find the next.
        var ends = await Task.WhenAll(calls.Select(c => c.ContinueWith(end => end.Exception?.InnerException, TaskScheduler.Default)));
        Assert.Contains(ends, e => e is not null);
        Assert.All(ends, e => Assert.Equal("not this time", e is null ? "not this time" : Assert.IsType<FormatException>(e).Message));
        Assert.Equal(2, await grain.Live());
    }

    [Fact]
    public async Task OnDeactivateAsync_ThatFails_IsLoggedAndTheGrainComesBack()
    {
        var grain = Grains.GetGrain<ILifeGrain>("bad-end");

        await grain.Go(null);

        Assert.Equal(2, await grain.Live());
        await Probe.SeenAsync("logged FormatException: bad end");
    }

    [Fact]
    public async Task Stop_WithActiveGrains_DeactivatesThem()
    {
        await Grains.GetGrain<ILifeGrain>("a").Live();
        await Grains.GetGrain<ILifeGrain>("b").Live();
        var probe = Probe;

        await Host.DisposeAsync();

        await probe.SeenAsync("gone: ShuttingDown", 2);
    }
}
