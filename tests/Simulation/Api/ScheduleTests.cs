using OrleansCluster.Testing;

namespace OrleansCluster.Tests.Simulation.Api;

public sealed class ScheduleTests : IAsyncLifetime
{
    private readonly SimulatedCluster _cluster = SimulatedCluster.Create(3);

    public async ValueTask InitializeAsync() => await _cluster.AddNode("n1", Specs.Node);

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Put_EveryMinute_StartsAJobEachTime()
    {
        await Put(Spec("sleep 5"));

        _cluster.Advance(TimeSpan.FromSeconds(190));

        var runs = (await Get()).Runs;
        Assert.Equal([ScheduleOutcome.Started, ScheduleOutcome.Started, ScheduleOutcome.Started], runs.Select(run => run.Outcome));
        Assert.Equal(3, runs.DistinctBy(run => run.Job).Count());
        foreach (var run in runs)
            Assert.Equal(JobStatus.Succeeded, (await _cluster.WaitForJob(run.Job!)).Status);
    }

    [Fact]
    public async Task Put_Faults_TellsOfAllAtOnce()
    {
        var spec = Spec("true") with { Cron = "x", TimeZone = "Nowhere" };
        var answer = await _cluster.PutSchedule(spec with { Job = spec.Job with { Tasks = [new JobTaskSpec { Name = "t", Definition = "gone" }] } });

        Assert.Equal(["/cron", "/timeZone", "/job/tasks/0/definition"], answer.Refusal!.Faults.Select(fault => fault.Path));
        Assert.Null(await _cluster.GetSchedule("s"));
    }

    [Theory]
    [InlineData(MissedPolicy.RunOnce, ScheduleOutcome.Started)]
    [InlineData(MissedPolicy.Skip, ScheduleOutcome.Missed)]
    public async Task Silo_IsDownOverThreeStarts_OneRunForAll(MissedPolicy missed, ScheduleOutcome expected)
    {
        await Put(Spec("sleep 1") with { Cron = "0 * * * *", Missed = missed });
        var next = (await Get()).Next!.Value;
        _cluster.Advance(next - _cluster.Clock.GetUtcNow() - TimeSpan.FromMinutes(1));

        _cluster.TurnOff("n1");
        _cluster.Advance(TimeSpan.FromMinutes(150));
        _cluster.TurnOn("n1");
        await _cluster.Until(async () => (await Get()).Runs.Length > 0, "a run");
        _cluster.Advance(TimeSpan.FromMinutes(5));

        var schedule = await Get();
        var run = Assert.Single(schedule.Runs);
        Assert.Equal((expected, next.AddHours(2)), (run.Outcome, run.Moment));
        Assert.Contains("for all that came since", run.Reason, StringComparison.Ordinal);
        Assert.Equal(next.AddHours(3), schedule.Next);
    }

    [Theory]
    [InlineData(OverlapPolicy.Skip)]
    [InlineData(OverlapPolicy.Allow)]
    [InlineData(OverlapPolicy.Replace)]
    [InlineData(OverlapPolicy.Queue)]
    public async Task Start_TheJobBeforeLives_DoesAsThePolicySays(OverlapPolicy overlap)
    {
        await Put(Spec("sleep 100") with { Overlap = overlap });
        await _cluster.Until(async () => (await Get()).Runs.Length == 2, "two runs");
        _cluster.Advance(TimeSpan.FromSeconds(35));

        var runs = (await Get()).Runs;
        var (first, second) = (await _cluster.GetJob(runs[1].Job!), runs[0].Job is { } job ? await _cluster.GetJob(job) : null);
        Assert.Equal(overlap == OverlapPolicy.Skip ? ScheduleOutcome.Overlapped : ScheduleOutcome.Started, runs[0].Outcome);
        Assert.Equal(overlap == OverlapPolicy.Replace ? JobStatus.Stopped : JobStatus.Running, first!.Status);
        Assert.Equal(
            overlap switch { OverlapPolicy.Skip => (int?)null, OverlapPolicy.Queue => 0, _ => 1 },
            second?.Tasks[0].Running);
    }

    [Fact]
    public async Task Start_JobIsRefused_SaysWhyAndGoesOn()
    {
        await _cluster.Submit("s-run-clash", Specs.Job("true"));
        await Put(Spec("sleep 1"));

        var refused = await _cluster.Call(grains => grains.GetGrain<IScheduleGrain>(GrainKeys.Schedule("default", "s")).RunNow("clash"));
        await _cluster.Until(async () => (await Get()).Runs.Length == 2, "the next start");

        Assert.Equal((ScheduleOutcome.Refused, "Job s-run-clash exists already, with another specification."), (refused.Value!.Outcome, refused.Value.Reason));
        Assert.Equal(ScheduleOutcome.Started, (await Get()).Runs[0].Outcome);
    }

    [Fact]
    public async Task Paused_Starts_NothingButByHand()
    {
        await Put(Spec("sleep 1"));
        await _cluster.SetSchedulePaused("s", true);
        _cluster.Advance(TimeSpan.FromMinutes(10));
        Assert.Empty((await Get()).Runs);

        var run = (await _cluster.RunSchedule("s")).Value!;
        Assert.Equal((ScheduleOutcome.Started, true), (run.Outcome, run.IsManual));
        await _cluster.SetSchedulePaused("s", false);
        await _cluster.Until(async () => (await Get()).Runs.Length == 2, "the next start");
    }

    [Fact]
    public async Task Delete_Schedule_StartsNothingAnyMore()
    {
        await Put(Spec("sleep 1"));
        await _cluster.DeleteSchedule("s");
        _cluster.Advance(TimeSpan.FromMinutes(3));

        Assert.Null(await _cluster.GetSchedule("s"));
        Assert.Equal(RefusalKind.NotFound, (await _cluster.DeleteSchedule("s")).Refusal!.Kind);
        Assert.DoesNotContain(await _cluster.ListEvents(), entry => entry.Type == "job.submitted");
    }

    [Fact]
    public async Task KillSilo_WhenItIsDue_StartsItOnce()
    {
        await Put(Spec("sleep 1"));
        var next = (await Get()).Next!.Value;
        _cluster.Advance(next - _cluster.Clock.GetUtcNow() + TimeSpan.FromMilliseconds(2));
        _cluster.KillSilo("n1");
        await _cluster.Until(async () => (await Get()).Runs.Length == 1, "a run");

        Assert.Equal((next, ScheduleOutcome.Started), ((await Get()).Runs[0].Moment, (await Get()).Runs[0].Outcome));
        Assert.Single(await _cluster.ListEvents(), entry => entry.Type == "job.submitted");
    }

    private static ScheduleSpec Spec(string script) => new() { Name = "s", Cron = "* * * * *", Job = Specs.Job(script) };

    private async Task Put(ScheduleSpec spec) => Assert.Null((await _cluster.PutSchedule(spec)).Refusal);

    private async Task<ScheduleView> Get() => await _cluster.GetSchedule("s") ?? throw new InvalidOperationException("There is no schedule s.");
}
