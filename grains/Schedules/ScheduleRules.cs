using System.Collections.Immutable;
using System.Globalization;

namespace OrleansCluster.Grains.Schedules;

/// <summary>
/// What a schedule does at a moment: pure, from what is kept to what is kept next. The moments that have passed are not gone through one by one: the newest stands for all
/// of them, so that a look starts one job at most, however long nobody looked.
/// </summary>
internal static class ScheduleRules
{
    /// <param name="known">Under this name; <see langword="null"/> for a new one.</param>
    /// <param name="last">The newest moment that was ever dealt with under this name.</param>
    public static ScheduleRecord Put(ScheduleRecord? known, ScheduleSpec spec, DateTimeOffset last, DateTimeOffset now)
    {
        var next = known is null ? new ScheduleRecord { Spec = spec, CreatedAt = now, LastMoment = last } : known with { Spec = spec };

        // A start that is due already is not lost by a change of the job.
        if (known is not null && (known.Spec.Cron, known.Spec.TimeZone, known.Spec.Paused) == (spec.Cron, spec.TimeZone, spec.Paused))
            return next;
        return next with { Due = NextOf(next, now) };
    }

    /// <summary>The next start, if it is due: what is to be submitted, or the run that it will not be. As it was where nothing is due.</summary>
    /// <param name="live">Of its jobs, those that have not ended.</param>
    public static ScheduleRecord Look(ScheduleRecord record, ImmutableArray<string> live, DateTimeOffset now)
    {
        if (record.Starting is not null || record.Due is not { } due || due > now)
            return record;
        var moment = ScheduleTimes.Newest(record.Spec, due, now);
        var next = record with { LastMoment = moment, Live = live };
        next = next with { Due = NextOf(next, now) };
        var late = now - moment;
        var isMissed = late > TimeSpan.FromSeconds(record.Spec.MissedAfter);
        var reason = ReasonOf(due, moment, isMissed ? late : null);
        return isMissed && record.Spec.Missed == MissedPolicy.Skip
            ? next.With(new ScheduleRun { Moment = moment, Outcome = ScheduleOutcome.Missed, Reason = reason })
            : Start(next, new ScheduleStart { Moment = moment, JobId = JobIdOf(record.Spec.Name, moment), Job = record.Spec.Job, Reason = reason });
    }

    /// <summary>A start that somebody asks for.</summary>
    public static ScheduleRecord Run(ScheduleRecord record, string jobId, ImmutableArray<string> live, DateTimeOffset now) =>
        Start(record with { Live = live }, new ScheduleStart { Moment = now, JobId = jobId, Job = record.Spec.Job, IsManual = true });

    /// <summary>What was to be submitted has been, or was refused.</summary>
    public static ScheduleRecord Finish(ScheduleRecord record, Refusal? refusal)
    {
        var start = record.Starting!;
        var run = new ScheduleRun { Moment = start.Moment, Outcome = ScheduleOutcome.Started, Job = start.JobId, Reason = start.Reason, IsManual = start.IsManual };
        if (refusal is not null)
            run = run with { Outcome = ScheduleOutcome.Refused, Reason = refusal.Title, Faults = [.. refusal.Faults.Take(ScheduleRecord.Most)] };
        return (record with { Starting = null, Live = refusal is null ? [.. record.Live, start.JobId] : record.Live }).With(run);
    }

    public static string JobIdOf(string name, DateTimeOffset moment) => string.Create(CultureInfo.InvariantCulture, $"{name}-{moment.UtcDateTime:yyyyMMdd't'HHmmss}");

    private static ScheduleRecord Start(ScheduleRecord record, ScheduleStart start)
    {
        var live = record.Live;
        return record.Spec.Overlap switch
        {
            OverlapPolicy.Skip when !live.IsEmpty => record.With(Overlapped(start, $"Job {live[^1]} has not ended.")),
            OverlapPolicy.Allow when live.Length >= ScheduleRecord.MostLive => record.With(Overlapped(start, $"{live.Length} jobs of it have not ended.")),
            OverlapPolicy.Queue when live.Length >= ScheduleRecord.Most => record.With(Overlapped(start, $"{live.Length} jobs of it have not ended.")),
            OverlapPolicy.Replace => record with { Starting = After(start, live) with { Stops = live } },
            OverlapPolicy.Queue => record with { Starting = After(start, live) },
            _ => record with { Starting = start },
        };
    }

    /// <summary>Stopping takes a while, so also what replaces others waits for their end.</summary>
    private static ScheduleStart After(ScheduleStart start, ImmutableArray<string> live) => start with
    {
        Job = start.Job with { DependsOn = [.. start.Job.DependsOn, .. live.Select(job => new JobDependency { Job = job, Condition = JobCondition.Complete })] },
    };

    private static ScheduleRun Overlapped(ScheduleStart start, string reason) =>
        new() { Moment = start.Moment, Outcome = ScheduleOutcome.Overlapped, Reason = reason, IsManual = start.IsManual };

    private static ScheduleRecord With(this ScheduleRecord record, ScheduleRun run) =>
        record with { Runs = [run, .. record.Runs.Take(ScheduleRecord.Most - 1)] };

    private static DateTimeOffset? NextOf(ScheduleRecord record, DateTimeOffset now) =>
        record.Spec.Paused ? null : ScheduleTimes.Next(record.Spec, now > record.LastMoment ? now : record.LastMoment);

    private static string? ReasonOf(DateTimeOffset due, DateTimeOffset moment, TimeSpan? late)
    {
        var lateness = late is { } time ? string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(time.TotalSeconds)} s late") : null;
        var others = moment > due ? string.Create(CultureInfo.InvariantCulture, $"for all that came since {due.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC") : null;
        return lateness is null && others is null ? null : $"{string.Join(", ", new[] { lateness, others }.OfType<string>())}.";
    }
}
