namespace OrleansCluster.Tests.Engine.Embedded;

/// <summary>Counts timers of the whole process, so nothing else may run.</summary>
[CollectionDefinition(nameof(RealTimerTests), DisableParallelization = true)]
[Collection(nameof(RealTimerTests))]
public sealed class RealTimerTests
{
    [Fact]
    public void Run_WithRealTimer_Fails()
    {
        using var world = new DeterministicWorld(seed: 1, detectsRealTimers: true);

        var failure = Assert.Throws<InvalidOperationException>(
            () => world.Run(engine => engine.GetGrain<IEscapeGrain>("a").Escape("real-timer")));

        Assert.Contains("real timer", failure.Message, StringComparison.Ordinal);
    }
}
