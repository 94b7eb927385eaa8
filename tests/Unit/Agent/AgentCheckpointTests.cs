using static OrleansCluster.Tests.Unit.Agent.Samples;

namespace OrleansCluster.Tests.Unit.Agent;

public sealed class AgentCheckpointTests
{
    private const string Directory = "/var/state";
    private static readonly TimeSpan _tick = TimeSpan.FromMilliseconds(250);
    private static readonly CheckpointSpec _spec = new() { Path = Directory, Interval = 10 };

    [Fact]
    public async Task Interval_Passes_ACheckpointIsStoredAndThenReported()
    {
        await using var harness = new AgentHarness();
        var claim = await Launch(harness, _spec, $"count {Directory} 1000 1");

        await harness.Until(() => harness.Manager.Taken.Count == 2, "two checkpoints", _tick);

        Assert.Equal([1, 2], harness.Manager.Taken.Select(taken => taken.Number));
        Assert.All(harness.Manager.Taken, taken => Assert.True(harness.Manager.WasStored[taken.Name]));
        Assert.All(harness.Manager.Taken, taken => Assert.Equal(claim.Attempt, taken.Attempt));
        Assert.InRange(harness.Manager.Taken[1].TakenAt - harness.Manager.Taken[0].TakenAt, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(12));
    }

    [Fact]
    public async Task Request_Comes_IsAnsweredByACheckpoint()
    {
        await using var harness = new AgentHarness();
        var claim = await Launch(harness, _spec with { Interval = 0 }, $"count {Directory} 1000 1");

        harness.Node.Ask(claim, request: 3);
        await harness.Until(() => harness.Manager.Taken.Count == 1, "a checkpoint", _tick);

        Assert.Equal(3, harness.Manager.Answered);
    }

    [Fact]
    public async Task Request_OfADirectoryThatIsNotThere_IsAnsweredByTheReason()
    {
        await using var harness = new AgentHarness();
        var claim = await Launch(harness, _spec with { Interval = 0 }, "sleep 1000");

        harness.Node.Ask(claim, request: 1);
        await harness.Until(() => harness.Manager.Failure is not null, "a reason", _tick);

        Assert.Contains($"there is no directory {Directory}", harness.Manager.Failure, StringComparison.Ordinal);
        Assert.Empty(harness.Manager.Taken);
    }

    [Fact]
    public async Task Launch_WithACheckpoint_RestoresItBeforeTheStart()
    {
        await using var harness = new AgentHarness();
        await Launch(harness, _spec, $"count {Directory} 1000 1");
        await harness.Until(() => harness.Manager.Taken.Count == 1, "a checkpoint", _tick);

        var next = harness.Define(_spec, Container("main", "sh", "-c", $"count {Directory} 1000 1"));
        await harness.Manager.Lend(next.TaskId);
        harness.Node.Assign(next);
        await harness.UntilState(next, TaskState.Running);

        var calls = harness.Runtime.Calls.Where(call => call is "create main" or "import main" or "start main").ToArray();
        Assert.Equal(["create main", "import main", "start main"], calls[^3..]);
        var launch = Assert.Single(harness.Runtime.Launches.Values, launch => launch.Labels.TaskId == next.TaskId);
        Assert.Equal("1", launch.Environment["OCS_CHECKPOINT"]);
        var id = Assert.Single(harness.ContainersOf(next)).Id;
        Assert.InRange(harness.Simulated.ReadCount(id, Directory)!.Value, 9, 30);
    }

    [Fact]
    public async Task Launch_TheCheckpointIsGone_FailsAndSaysSoInsteadOfBeginningAnew()
    {
        await using var harness = new AgentHarness();
        harness.Manager.Restore = new TaskCheckpoint { Number = 7, Attempt = 1, Name = "gone", Size = 1, Digest = "", TakenAt = default, Node = "n" };
        var claim = harness.Define(_spec, Container("main", "sleep", "60"));
        harness.Start();
        harness.Node.Assign(claim);

        await harness.UntilState(claim, TaskState.Stopped);

        Assert.Equal(StopCode.TaskFailedToStart, harness.Node.LastOf(claim)!.StopCode);
        Assert.Contains("Checkpoint 7 cannot be restored", harness.Node.LastOf(claim)!.Reason, StringComparison.Ordinal);
        Assert.Equal(0, harness.Runtime.Count("start"));
    }

    [Fact]
    public async Task LastExit_WithAFailure_TakesACheckpointBeforeTheEndIsReported()
    {
        await using var harness = new AgentHarness();
        var claim = await Launch(harness, _spec with { Interval = 0 }, $"count {Directory} 3 1; exit 4");

        await harness.Until(() => harness.Node.LastOf(claim)?.State == TaskState.Stopped, "its end", _tick);

        Assert.Single(harness.Manager.Taken);
        Assert.Equal(4, Assert.Single(harness.Node.LastOf(claim)!.Containers).ExitCode);
    }

    [Fact]
    public async Task LastExit_WithoutAFailure_TakesNone()
    {
        await using var harness = new AgentHarness();
        var claim = await Launch(harness, _spec with { Interval = 0 }, $"count {Directory} 3 1");

        await harness.Until(() => harness.Node.LastOf(claim)?.State == TaskState.Stopped, "its end", _tick);

        Assert.Empty(harness.Manager.Taken);
    }

    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 0)]
    public async Task Stop_ByTheSystem_SignalsAndTakesOneBeforeAndOneAfter(bool isSystems, int expected)
    {
        await using var harness = new AgentHarness();
        harness.Manager.BeforeStop = isSystems;
        var claim = await Launch(harness, _spec with { Interval = 0, Signal = "SIGUSR1", Grace = 5 }, $"count {Directory} 1000 1");

        harness.Node.Refused.Add(claim.Id);
        harness.Node.Stop(claim);
        await harness.Until(() => harness.Node.LastOf(claim)?.State == TaskState.Stopped, "its end", _tick);

        Assert.Equal(expected, harness.Manager.Taken.Count);
        Assert.Equal(isSystems ? 1 : 0, harness.Runtime.Count("signal-SIGUSR1"));
    }

    private static async Task<Claim> Launch(AgentHarness harness, CheckpointSpec spec, string script)
    {
        var claim = harness.Define(spec, Container("main", "sh", "-c", script));
        harness.Start();
        harness.Node.Assign(claim);
        await harness.UntilState(claim, TaskState.Running);
        return claim;
    }
}
