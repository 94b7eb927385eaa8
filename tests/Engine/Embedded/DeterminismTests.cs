using OrleansCluster.Embedded;

namespace OrleansCluster.Tests.Engine.Embedded;

public sealed class DeterminismTests
{
    [Fact]
    public void Run_TwentyTimesWithOneSeed_GivesOneTrace()
    {
        var hashes = Enumerable.Range(0, 20).Select(_ => Trace(seed: 42)).ToArray();

        Assert.Single(hashes.Distinct());
        Assert.True(hashes[0].Count > 500, $"Only {hashes[0].Count} events were traced.");
    }

    [Fact]
    public void Run_WithOtherSeeds_GivesOtherTraces() =>
        Assert.Equal(10, Enumerable.Range(0, 10).Select(i => Trace((ulong)i)).Distinct().Count());

    /// <summary>
    /// Pins the trace across processes and machines. It changes when the engine's turns do: look why before changing it here.
    /// </summary>
    [Fact]
    public void Run_InAnyProcess_GivesThePinnedTrace() => Assert.Equal(Pinned, $"{Trace(seed: 1).Hash:x16}");

    private const string Pinned = "1f921cd318076395";

    private static (ulong Hash, long Count, TimeSpan Time) Trace(ulong seed)
    {
        using var world = new DeterministicWorld(seed);
        world.Run(engine => Workload(world, engine));
        return (world.Trace.Value, world.Trace.Count, world.Time.Elapsed);
    }

    private static async Task Workload(DeterministicWorld world, EmbeddedEngine engine)
    {
        var readers = Enumerable.Range(0, 3).Select(i => Follow(world, engine, $"board-{i % 2}", i)).ToArray();
        await Task.WhenAll(Enumerable.Range(0, 6).Select(i => engine.GetGrain<IProducerGrain>($"p{i}").Produce($"board-{i % 2}", 10)));
        await Task.WhenAll(readers);
        await engine.DeactivateAllAsync();
    }

    private static async Task Follow(DeterministicWorld world, EmbeddedEngine engine, string board, int reader)
    {
        for (var seen = 0; seen < 30;)
        {
            // The last reader gives up now and then, so that cancellation is part of the trace.
            using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(reader == 2 ? 3 : 5000), world.Time);
            try
            {
                seen = await engine.GetGrain<IBoardGrain>(board).WaitBeyond(seen, patience.Token);
                world.Trace.Add($"{reader} saw {seen} at {world.Time.Elapsed}");
            }
            catch (OperationCanceledException)
            {
                world.Trace.Add($"{reader} gave up at {world.Time.Elapsed}");
            }
        }
    }
}
