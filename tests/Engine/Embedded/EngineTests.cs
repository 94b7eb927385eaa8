using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OrleansCluster.Embedded;
using OrleansCluster.Tests.Engine.Grains;

namespace OrleansCluster.Tests.Engine.Embedded;

public sealed class EngineTests
{
    [Fact]
    public void Options_OutOfBounds_AreAllReportedAtOnce()
    {
        using var services = new ServiceCollection()
            .AddEmbeddedEngine(options =>
            {
                options.ResponseTimeout = TimeSpan.Zero;
                options.CollectionAge = TimeSpan.FromDays(4000);
                options.CollectionPeriod = TimeSpan.FromMilliseconds(1);
            })
            .BuildServiceProvider();

        var failure = Assert.Throws<OptionsValidationException>(services.GetRequiredService<EmbeddedEngine>);

        Assert.Equal(4, failure.Failures.Count());
        Assert.Contains(failure.Failures, f => f.StartsWith("GrainAssemblies is empty", StringComparison.Ordinal));
    }

    [Fact]
    public void GetGrain_OfInterfaceWithoutClass_Throws()
    {
        using var world = new DeterministicWorld(seed: 1);

        var failure = Assert.Throws<ArgumentException>(() => world.Engine.GetGrain<IOrphanGrain>("a"));

        Assert.Contains("Could not find an implementation", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void GetGrain_OfInterfaceWithTwoClasses_NeedsThePrefix()
    {
        using var world = new DeterministicWorld(seed: 1);

        Assert.Throws<ArgumentException>(() => world.Engine.GetGrain<IGateMethods>("a"));
        Assert.Equal("gate/a", world.Engine.GetGrain<IGateMethods>("a", typeof(GateGrain).FullName).GetGrainId().ToString());
    }

    [Fact]
    public void GetGrain_OfInterfaceThatOrleansWouldTakeButWeDoNot_SaysWhatIsWrong()
    {
        using var world = new DeterministicWorld(seed: 1);

        var failure = Assert.Throws<NotSupportedException>(() => world.Engine.GetGrain<IOddGrain>("a"));

        Assert.Contains("IOddGrain.Numbers", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AsReference_OfGrain_IsTheReferenceOthersUse()
    {
        using var world = new DeterministicWorld(seed: 1);
        world.Run(async engine => Assert.Equal("same", await engine.GetGrain<IMirrorGrain>("a").Compare()));
    }

    [Fact]
    public void Statistics_AfterCalls_CountActivationsByType()
    {
        using var world = new DeterministicWorld(seed: 1);
        world.Run(async engine =>
        {
            await engine.GetGrain<ILifeGrain>("a").Live();
            await engine.GetGrain<ILifeGrain>("b").Live();
            await engine.GetGrain<ICounterGrain>("a").Get();

            var statistics = engine.GetStatistics();

            Assert.Equal(3, statistics.Activations);
            Assert.Equal(2, statistics.ActivationsByType["life"]);
            Assert.Equal(1, statistics.ActivationsByType["counter"]);
            await engine.DeactivateAllAsync();
            Assert.Equal(0, engine.GetStatistics().Activations);
        });
    }

    [Fact]
    public void StopAsync_WithCallThatDoesNotEnd_StillDeactivatesAndThenRefusesCalls()
    {
        using var world = new DeterministicWorld(seed: 1);
        world.Run(async engine =>
        {
            var stuck = engine.GetGrain<ILifeGrain>("a").Go("never");
            await world.Delay(TimeSpan.FromMilliseconds(1));
            Assert.Contains("in never", world.Probe.Events);
            _ = engine.GetGrain<ILifeGrain>("b").Live();

            await engine.StopAsync(CancellationToken.None);

            Assert.Contains("gone: ShuttingDown", world.Probe.Events);
            Assert.Contains("gone: ApplicationRequested", world.Probe.Events);
            Assert.InRange(world.Time.Elapsed, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(11));
            await Assert.ThrowsAsync<SiloUnavailableException>(() => engine.GetGrain<ILifeGrain>("c").Live());
            Assert.False(stuck.IsCompleted);
        });
    }

    [Fact]
    public void StopAsync_WhileACallWaitsForAnActivation_AnswersItAndEnds()
    {
        using var world = new DeterministicWorld(seed: 1);
        world.Run(async engine =>
        {
            var call = engine.GetGrain<ISlowStartGrain>("a").Answer();
            await world.Delay(SlowStartGrain.Start / 2);

            await engine.StopAsync(CancellationToken.None);

            Assert.Equal(SlowStartGrain.Start, world.Time.Elapsed);
            Assert.Equal("a", await call);
        });
    }

    [Fact]
    public void OnActivateAsync_ThatHangs_FailsAfterItsTimeLimit()
    {
        using var world = new DeterministicWorld(seed: 1, options => options.ActivationTimeout = TimeSpan.FromSeconds(3));
        world.Run(async engine =>
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => engine.GetGrain<ILifeGrain>("stillborn").Live());

            Assert.Equal(TimeSpan.FromSeconds(3), world.Time.Elapsed);
            Assert.Equal(2, await engine.GetGrain<ILifeGrain>("stillborn").Live());
        });
    }

    [Fact]
    public void Timer_AfterItsCallback_WaitsAWholePeriod()
    {
        using var world = new DeterministicWorld(seed: 1);
        world.Run(async engine =>
        {
            await engine.GetGrain<ITimerGrain>("a")
                .Start("t", TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10), interleave: false, fail: false);
            await world.Delay(TimeSpan.FromSeconds(26));
            Assert.Equal(3, world.Probe.Events.Count);

            await engine.GetGrain<ITimerGrain>("a").Stop();
            await world.Delay(TimeSpan.FromSeconds(100));
            Assert.Equal(3, world.Probe.Events.Count);
        });
    }

    [Fact]
    public void Timer_OfDeactivatedGrain_TicksNoMore()
    {
        using var world = new DeterministicWorld(seed: 1);
        world.Run(async engine =>
        {
            await engine.GetGrain<ITimerGrain>("a")
                .Start("t", TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5), interleave: false, fail: false);
            await engine.GetGrain<ITimerGrain>("a").Go();
            await world.Delay(TimeSpan.FromSeconds(100));

            Assert.Empty(world.Probe.Events);
            Assert.Equal(0, world.Time.TimerCount);
        });
    }
}
