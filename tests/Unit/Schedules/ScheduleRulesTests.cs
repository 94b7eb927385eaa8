using OrleansCluster.Grains.Schedules;
using static OrleansCluster.Tests.Unit.Schedules.Samples;

namespace OrleansCluster.Tests.Unit.Schedules;

public sealed class ScheduleRulesTests
{
    private static readonly ScheduleRecord _record = Put(Spec, "2026-03-01T10:30:00Z");

    [Fact]
    public void Look_BeforeItIsDue_ChangesNothing() => Assert.Same(_record, ScheduleRules.Look(_record, [], At("2026-03-01T10:59:59Z")));

    [Fact]
    public void Look_Due_StartsAJobNamedByTheMoment()
    {
        var next = ScheduleRules.Look(_record, [], At("2026-03-01T11:00:02Z"));

        Assert.Equal(("nightly-20260301t110000", At("2026-03-01T11:00:00Z"), null), (next.Starting!.JobId, next.Starting.Moment, next.Starting.Reason));
        Assert.Equal((At("2026-03-01T12:00:00Z"), At("2026-03-01T11:00:00Z")), (next.Due, next.LastMoment));
    }

    [Fact]
    public void Look_WhileAStartIsUnderWay_ChangesNothing()
    {
        var starting = ScheduleRules.Look(_record, [], At("2026-03-01T11:00:02Z"));

        Assert.Same(starting, ScheduleRules.Look(starting, [], At("2026-03-01T15:00:00Z")));
    }

    [Fact]
    public void Look_YearsTooLate_StartsOneJobForTheNewestAndGoesOnFromNow()
    {
        var next = ScheduleRules.Look(_record, [], At("2031-01-01T00:30:00Z"));

        Assert.Equal("nightly-20310101t000000", next.Starting!.JobId);
        Assert.Equal("1800 s late, for all that came since 2026-03-01 11:00:00 UTC.", next.Starting.Reason);
        Assert.Equal(At("2031-01-01T01:00:00Z"), next.Due);
    }

    [Fact]
    public void Look_TooLateAndSkips_IsMissed()
    {
        var next = ScheduleRules.Look(Put(Spec with { Missed = MissedPolicy.Skip }, "2026-03-01T10:30:00Z"), [], At("2026-03-01T14:01:01Z"));

        Assert.Null(next.Starting);
        var run = Assert.Single(next.Runs);
        Assert.Equal((ScheduleOutcome.Missed, At("2026-03-01T14:00:00Z"), null), (run.Outcome, run.Moment, run.Job));
        Assert.Equal(At("2026-03-01T15:00:00Z"), next.Due);
    }

    [Fact]
    public void Look_SkipsAndTheNewestIsNotTooLate_StartsIt() => Assert.Equal(
        "nightly-20260301t140000",
        ScheduleRules.Look(Put(Spec with { Missed = MissedPolicy.Skip }, "2026-03-01T10:30:00Z"), [], At("2026-03-01T14:01:00Z")).Starting!.JobId);

    [Theory]
    [InlineData(OverlapPolicy.Allow, true, 0, 0)]
    [InlineData(OverlapPolicy.Skip, false, 0, 0)]
    [InlineData(OverlapPolicy.Replace, true, 2, 2)]
    [InlineData(OverlapPolicy.Queue, true, 0, 2)]
    public void Look_JobsOfEarlierStartsLive_DoesAsThePolicySays(OverlapPolicy overlap, bool starts, int stops, int waits)
    {
        var next = ScheduleRules.Look(Put(Spec with { Overlap = overlap }, "2026-03-01T10:30:00Z"), ["a", "b"], At("2026-03-01T11:00:00Z"));

        Assert.Equal(starts, next.Starting is not null);
        Assert.Equal((stops, waits), (next.Starting?.Stops.Length ?? 0, next.Starting?.Job.DependsOn.Length ?? 0));
        Assert.All(next.Starting?.Job.DependsOn ?? [], dependency => Assert.Equal(JobCondition.Complete, dependency.Condition));
        if (!starts)
            Assert.Equal((ScheduleOutcome.Overlapped, "Job b has not ended."), (next.Runs[0].Outcome, next.Runs[0].Reason));
    }

    [Fact]
    public void Look_TwentyWaitAndRun_QueuesNoMore() => Assert.Equal(
        ScheduleOutcome.Overlapped,
        ScheduleRules.Look(Put(Spec with { Overlap = OverlapPolicy.Queue }, "2026-03-01T10:30:00Z"), [.. Enumerable.Range(0, 20).Select(i => $"j{i}")], At("2026-03-01T11:00:00Z")).Runs[0].Outcome);

    [Fact]
    public void Finish_Refused_KeepsTheFaultsAndTheScheduleGoesOn()
    {
        var next = ScheduleRules.Finish(ScheduleRules.Look(_record, [], At("2026-03-01T11:00:00Z")), Refusal.Invalid("The job has 1 fault.", [new Fault("/tasks/0/definition", "gone")]));

        Assert.Equal((ScheduleOutcome.Refused, "nightly-20260301t110000", "gone"), (next.Runs[0].Outcome, next.Runs[0].Job, next.Runs[0].Faults[0].Message));
        Assert.Empty(next.Live);
        Assert.Equal("nightly-20260301t120000", ScheduleRules.Look(next, [], At("2026-03-01T12:00:00Z")).Starting!.JobId);
    }

    [Fact]
    public void Put_PausedForYears_GoesOnFromNow()
    {
        var paused = ScheduleRules.Put(_record, Spec with { Paused = true }, default, At("2026-03-01T10:40:00Z"));
        var resumed = ScheduleRules.Put(paused, Spec, default, At("2036-03-01T10:40:00Z"));

        Assert.Null(paused.Due);
        Assert.Same(paused, ScheduleRules.Look(paused, [], At("2030-01-01T00:00:00Z")));
        Assert.Equal(At("2036-03-01T11:00:00Z"), resumed.Due);
    }

    [Fact]
    public void Put_AnotherJobWhileOneIsDue_DoesNotLoseTheStart()
    {
        var changed = ScheduleRules.Put(_record, Spec with { Job = Spec.Job with { Priority = 90 } }, default, At("2026-03-01T11:00:05Z"));

        Assert.Equal(90, ScheduleRules.Look(changed, [], At("2026-03-01T11:00:06Z")).Starting!.Job.Priority);
    }

    [Fact]
    public void Put_AfterOneThatWasDeleted_StartsNoMomentAgain() => Assert.Equal(
        At("2026-03-01T12:00:00Z"), ScheduleRules.Put(null, Spec, At("2026-03-01T11:00:00Z"), At("2026-03-01T10:59:59Z")).Due);
}
