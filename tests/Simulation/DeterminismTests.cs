namespace OrleansCluster.Tests.Simulation;

/// <summary>The seed decides everything, whatever else runs in the process.</summary>
public sealed class DeterminismTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(30)]
    public async Task Run_TheSameSeedTwice_GivesTheSameTraceToTheByte(ulong seed)
    {
        var first = Traced(seed);
        var second = Traced(seed);
        var (events, hash) = await first;

        Assert.Equal(events, (await second).Events);
        Assert.Equal(hash, (await second).Hash);
    }

    [Fact]
    public void Run_OtherSeeds_GiveOtherTraces()
    {
        ulong[] hashes = [.. Enumerable.Range(1, 5).Select(seed => Simulator.Simulation.Run((ulong)seed).Hash)];

        Assert.Equal(hashes.Length, hashes.Distinct().Count());
    }

    /// <summary>On a thread of its own: two seeds at once must not disturb each other.</summary>
    private static Task<(string Events, ulong Hash)> Traced(ulong seed) => Task.Factory.StartNew(
        () =>
        {
            var events = new List<string>();
            var result = Simulator.Simulation.Run(seed, events.Add);
            return (string.Join('\n', events), result.Hash);
        },
        CancellationToken.None,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);
}
