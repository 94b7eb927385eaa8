using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using OrleansCluster.Grains.Schedules;

namespace OrleansCluster.Tests.Properties.Schedules;

/// <summary>Schedules of all sorts, looked at again and again at moments that come to lie closer and further apart.</summary>
public sealed class ScheduleProperties
{
    private static readonly DateTimeOffset _start = new(2026, 3, 28, 12, 0, 0, TimeSpan.Zero);

    private static readonly string[] _crons = ["* * * * *", "*/7 * * * * *", "30 2 * * *", "0 0 1 * *", "15 */2 * * MON-FRI", "0 12 29 2 *", "*/30 * * * *"];

    private static Gen<Case> Cases { get; } =
        from cron in Gen.Elements(_crons)
        from zone in Gen.Elements("UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe")
        from missed in Gen.Elements(Enum.GetValues<MissedPolicy>())
        from overlap in Gen.Elements(Enum.GetValues<OverlapPolicy>())
        from missedAfter in Gen.Choose(1, 86_400)
        from looks in Gen.ListOf(
            from seconds in Gen.OneOf(Gen.Choose(0, 90), Gen.Choose(0, 100_000), Gen.Choose(0, 200_000_000))
            from ends in Gen.Elements(true, false)
            from paused in Gen.Frequency((9, Gen.Constant(false)), (1, Gen.Constant(true)))
            select new Step(seconds, ends, paused))
        select new Case(new ScheduleSpec { Name = "s", Cron = cron, TimeZone = zone, Missed = missed, Overlap = overlap, MissedAfter = missedAfter, Job = new JobSpec { Name = "j", Tasks = [] } }, [.. looks]);

    [Fact]
    public void Look_AnySequence_StartsNoMomentTwiceAndNoneUnlessItsTimeHasCome() => Check.ForAll(Cases, c =>
    {
        var (now, record, started) = (_start, ScheduleRules.Put(null, c.Spec, default, _start), new HashSet<DateTimeOffset>());
        foreach (var step in c.Steps)
        {
            now = now.AddSeconds(step.Seconds);
            record = ScheduleRules.Put(record, c.Spec with { Paused = step.IsPaused }, default, now);
            var live = step.Ends ? [] : record.Live;
            var next = ScheduleRules.Look(record, live, now);

            Assert.True(next.Due is null ? step.IsPaused : next.Due > now && next.Due > next.LastMoment, "the next start has passed");
            Assert.True(next.Runs.Length <= ScheduleRecord.Most && next.Live.Length <= ScheduleRecord.MostLive, "more is kept than is shown");
            if (next.Starting is { } start)
            {
                Assert.True(started.Add(start.Moment), "a moment is started twice");
                Assert.True(start.Moment <= now && start.Moment > record.LastMoment && start.Moment >= record.Due, "it is not its time");
                Assert.True(ScheduleTimes.Next(c.Spec, start.Moment) > now, "a newer one would have been due");
                Assert.True(c.Spec.Missed == MissedPolicy.RunOnce || now - start.Moment <= TimeSpan.FromSeconds(c.Spec.MissedAfter), "it was missed");
                Assert.True(c.Spec.Overlap != OverlapPolicy.Skip || live.IsEmpty, "the one before lives");
                Assert.True(c.Spec.Overlap is not (OverlapPolicy.Queue or OverlapPolicy.Replace) || start.Job.DependsOn.Length == live.Length, "it does not wait");
                next = ScheduleRules.Finish(next, null);
            }
            else if (record.Due <= now)
            {
                Assert.NotEqual(ScheduleOutcome.Started, next.Runs[0].Outcome);
            }

            record = next;
        }
    });

    private sealed record Case(ScheduleSpec Spec, ImmutableArray<Step> Steps);

    private sealed record Step(int Seconds, bool Ends, bool IsPaused);
}
