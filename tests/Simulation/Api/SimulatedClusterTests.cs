using OrleansCluster.Grains.ResourceManagement;
using OrleansCluster.Testing;

namespace OrleansCluster.Tests.Simulation.Api;

public sealed class SimulatedClusterTests : IAsyncLifetime
{
    private readonly SimulatedCluster _cluster = SimulatedCluster.Create(1, new SimulationOptions { Patience = TimeSpan.FromSeconds(20) });

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public void Create_OptionsWithFaults_ListsAll()
    {
        var options = new SimulationOptions
        {
            Patience = TimeSpan.Zero,
            Leases = new NodeLeaseOptions { Duration = TimeSpan.FromSeconds(20) },
            Faults = new FaultRates { MessageLost = 1.5, ClockDrift = -0.1, HostCrashed = TimeSpan.Zero },
        };

        var exception = Assert.Throws<ArgumentException>(() => SimulatedCluster.Create(1, options));

        Assert.Contains("Patience is 00:00:00; expected more than 0.", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Leases.LostAfter is 00:00:15; expected more than its Duration, 00:00:20.", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Faults.MessageLost is 1.5; expected a probability, 0 to 1.", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Faults.ClockDrift is -0.1; expected 0 to 0.2.", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Faults.HostCrashed is 00:00:00; expected 1 ms or more, or null for never.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_NoNodeYet_SaysWhatComesFirst()
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => _cluster.GetJob("job-a"));

        Assert.Equal("The cluster has no node; AddNode comes first.", exception.Message);
    }

    [Fact]
    public async Task Advance_SomeTime_PassesThatAndNoMore()
    {
        await _cluster.AddNode("n1", Specs.Node);
        var (time, now) = (_cluster.Time, _cluster.Clock.GetUtcNow());

        _cluster.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(TimeSpan.FromMinutes(1), _cluster.Time - time);
        Assert.Equal(TimeSpan.FromMinutes(1), _cluster.Clock.GetUtcNow() - now);
        Assert.Throws<ArgumentOutOfRangeException>(() => _cluster.Advance(TimeSpan.FromSeconds(-1)));
    }

    [Fact]
    public async Task Until_NeverHolds_FailsWithSeedTimeAndTheLastEvents()
    {
        await _cluster.AddNode("n1", Specs.Node);

        var exception = await Assert.ThrowsAsync<SimulationException>(() => _cluster.Until(() => Task.FromResult(false), "pigs fly"));

        Assert.Equal("Expected within 00:00:20 (SimulationOptions.Patience): pigs fly.", exception.Violation);
        Assert.Equal((1UL, _cluster.Time), (exception.Seed, exception.Time));
        Assert.Contains("host n1 is turned on", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AssertNothingLeftOver_JobRuns_ListsWhatIsThereUntilItHasEnded()
    {
        await _cluster.AddNode("n1", Specs.Node);
        var job = await _cluster.Submit(Specs.Job("sleep 10"));
        await _cluster.WaitForTask($"{job.Id}.work.0", TaskState.Running);

        var exception = Assert.Throws<SimulationException>(() => _cluster.AssertNothingLeftOver(TimeSpan.Zero));
        _cluster.AssertNothingLeftOver();

        Assert.Equal(
            $"Left over after 00:00:00: task {job.Id}.work.0, Running; job {job.Id}, Running; claim {job.Id}.work.0#1 on n1; container main of {job.Id}.work.0, attempt 1 on n1.",
            exception.Violation);
        Assert.Equal(JobStatus.Succeeded, (await _cluster.GetJob(job.Id))!.Status);
    }

    [Fact]
    public async Task AssertNothingLeftOver_NoBooksAreKept_SaysSo()
    {
        await using var cluster = SimulatedCluster.Create(1, new SimulationOptions { ChecksInvariants = false });

        Assert.Contains("ChecksInvariants", Assert.Throws<InvalidOperationException>(() => cluster.AssertNothingLeftOver()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cluster_TestGoesFromThreadToThread_StaysInOrder()
    {
        await _cluster.AddNode("n1", Specs.Node);
        await _cluster.AddNode("n2", Specs.Node);
        var job = await _cluster.Submit(Specs.Job("sleep 3"));

        foreach (var act in new Action[] { () => _cluster.KillSilo("n1"), () => _cluster.CutOff("n2", false), () => _cluster.JoinAgain("n2", false), _cluster.StartFaults, _cluster.Heal })
            await Task.Factory.StartNew(act, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        Assert.Equal(JobStatus.Succeeded, (await _cluster.WaitForJob(job.Id)).Status);
    }

    [Fact]
    public async Task StartFaultsAndHeal_AgainAndAgain_FaultsComeOnlyBetween()
    {
        var faults = new FaultRates { MessageLost = 0.2, SiloCrashed = TimeSpan.FromSeconds(5) };
        await using var cluster = SimulatedCluster.Create(5, new SimulationOptions { Faults = faults });
        await cluster.AddNode("n1", Specs.Node);
        await cluster.AddNode("n2", Specs.Node);
        cluster.Advance(TimeSpan.FromMinutes(1));
        var before = Counts();

        cluster.StartFaults();
        cluster.StartFaults();
        cluster.Advance(TimeSpan.FromMinutes(1));
        var during = Counts();
        cluster.Heal();
        cluster.Advance(TimeSpan.FromMinutes(1));
        var healed = Counts();
        cluster.StartFaults();
        cluster.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal((0, 0), before);
        Assert.InRange(during.Crashes, 4, 24);
        Assert.NotEqual(0, during.Lost);
        Assert.Equal(during.Crashes, healed.Crashes);
        Assert.InRange(Counts().Crashes, healed.Crashes + 4, healed.Crashes + 24);

        (long Crashes, long Lost) Counts() => (cluster.Faults[FaultKind.SiloCrashed], cluster.Faults[FaultKind.MessageLost]);
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public async Task Run_SameSeedTwice_GivesTheSameTrace(ulong seed)
    {
        var first = new List<string>();
        var second = new List<string>();

        var hash = await Story(seed, first.Add);
        var again = await Story(seed, second.Add);

        Assert.Equal(first, second);
        Assert.Equal(hash, again);
        Assert.NotEqual(hash, await Story(seed + 100, _ => { }));
    }

    /// <summary>A bit of everything that a test may do.</summary>
    private static async Task<(ulong Hash, long Events, TimeSpan Time)> Story(ulong seed, Action<string> trace)
    {
        var faults = new FaultRates { MessageLost = 0.02, MessageRepeated = 0.02, WriteUncertain = 0.02, SiloCrashed = TimeSpan.FromSeconds(10), ClockDrift = 0.02 };
        await using var cluster = SimulatedCluster.Create(seed, new SimulationOptions { Faults = faults, Trace = trace });
        foreach (var name in new[] { "n1", "n2", "n3" })
            await cluster.AddNode(name, Specs.Node);
        var job = await cluster.Submit(Specs.Job("sleep 15", count: 6));
        cluster.StartFaults();
        await cluster.Drain("n2");
        await cluster.WaitForTask($"{job.Id}.work.3", TaskState.Running);
        cluster.TurnOff("n1");
        cluster.Advance(TimeSpan.FromSeconds(30));
        cluster.Heal();
        await cluster.Undrain("n2");
        await cluster.Call(grains => grains.GetGrain<IJobGrain>(GrainKeys.Job("default", job.Id)).Get());
        await cluster.WaitForJob(job.Id);
        cluster.AssertNothingLeftOver();
        return (cluster.TraceHash, cluster.EventCount, cluster.Time);
    }
}
