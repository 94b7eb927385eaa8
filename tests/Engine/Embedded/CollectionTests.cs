using OrleansCluster.Tests.Engine.Grains;

namespace OrleansCluster.Tests.Engine.Embedded;

public sealed class CollectionTests
{
    [Fact]
    public void Collector_AfterTheAge_TakesIdleGrainsDown()
    {
        using var world = new DeterministicWorld(seed: 1, options => options.CollectionPeriod = TimeSpan.FromMinutes(1));
        world.Run(async engine =>
        {
            await engine.GetGrain<ILifeGrain>("idle").Live();
            await world.Delay(TimeSpan.FromMinutes(10));
            await engine.GetGrain<ILifeGrain>("used").Live();
            await world.Delay(TimeSpan.FromMinutes(7));

            Assert.Equal(["born", "born", "gone: ActivationIdle"], world.Probe.Events);
            Assert.Equal(1, engine.GetStatistics().Activations);
            Assert.Equal(4, await engine.GetGrain<ILifeGrain>("idle").Live() + 1);
        });
    }

    [Fact]
    public void CollectAsync_WithLongPoll_LeavesItsGrainAlone()
    {
        using var world = new DeterministicWorld(seed: 1, options => options.ResponseTimeout = TimeSpan.FromHours(2));
        world.Run(async engine =>
        {
            var poll = engine.GetGrain<IGateGrain>("a").Interleave("poll");
            await world.Delay(TimeSpan.FromHours(1));
            await engine.CollectAsync();
            Assert.Equal(1, engine.GetStatistics().Activations);
            Assert.Equal(1, engine.GetStatistics().OpenCalls);

            world.Probe.Open("poll");
            await poll;
            await world.Delay(TimeSpan.FromHours(1));
            await engine.CollectAsync();
            Assert.Equal(0, engine.GetStatistics().Activations);
        });
    }

    [Theory]
    [InlineData("short", 6, 1)]
    [InlineData("long", 20, 0)]
    [InlineData("long", 61, 1)]
    [InlineData("kept", 100_000, 0)]
    [InlineData("always", 100_000, 0)]
    public void CollectAsync_WithAgeOnTheClass_KeepsToIt(string kind, int minutes, int collected)
    {
        using var world = new DeterministicWorld(seed: 1);
        world.Run(async engine =>
        {
            IAgedGrain grain = kind switch
            {
                "short" => engine.GetGrain<IShortLivedGrain>("a"),
                "long" => engine.GetGrain<ILongLivedGrain>("a"),
                "kept" => engine.GetGrain<IKeptGrain>("a"),
                _ => engine.GetGrain<IAlwaysActiveGrain>("a"),
            };
            await grain.Touch(TimeSpan.Zero);
            await world.Delay(TimeSpan.FromMinutes(Math.Min(minutes, 40_000)));
            await engine.CollectAsync();

            Assert.Equal(1 - collected, engine.GetStatistics().Activations);
        });
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public void CollectAsync_WithGrainTimer_AsksItsKeepAlive(bool keepAlive, int left)
    {
        using var world = new DeterministicWorld(seed: 1);
        world.Run(async engine =>
        {
            await engine.GetGrain<ILongLivedGrain>("a").StartTimer(keepAlive);
            await world.Delay(TimeSpan.FromHours(2));
            await engine.CollectAsync();

            Assert.Equal(left, engine.GetStatistics().Activations);
        });
    }

    [Fact]
    public void DelayDeactivation_UntilItsEnd_KeepsTheGrain()
    {
        using var world = new DeterministicWorld(seed: 1);
        world.Run(async engine =>
        {
            await engine.GetGrain<IShortLivedGrain>("a").Touch(TimeSpan.FromHours(3));
            await engine.GetGrain<IShortLivedGrain>("b").Touch(TimeSpan.FromHours(3));
            await engine.GetGrain<IShortLivedGrain>("b").Touch(TimeSpan.Zero);
            await world.Delay(TimeSpan.FromHours(2));
            await engine.CollectAsync();
            Assert.Equal(1, engine.GetStatistics().Activations);

            await world.Delay(TimeSpan.FromHours(2));
            await engine.CollectAsync();
            Assert.Equal(0, engine.GetStatistics().Activations);
        });
    }
}
