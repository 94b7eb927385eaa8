using OrleansCluster.Grains.Schedules;

namespace OrleansCluster.Grains.Services.Autoscaling;

/// <summary>Between what the desired count is at a moment.</summary>
/// <param name="Until">When a schedule sets others; <see langword="null"/> where none does.</param>
internal sealed record ScalingBounds(int Minimum, int Maximum, DateTimeOffset? Until)
{
    /// <summary>
    /// By the last moment of each schedule, the newest of them for each bound: nothing is kept of moments that have passed, so none is missed, however long nobody looked. Where two
    /// schedules leave a minimum above the maximum, the maximum counts.
    /// </summary>
    public static ScalingBounds Of(AutoscalingSpec spec, DateTimeOffset now)
    {
        var (minimum, maximum) = ((Count: spec.Minimum, At: DateTimeOffset.MinValue), (Count: spec.Maximum, At: DateTimeOffset.MinValue));
        DateTimeOffset? until = null;
        foreach (var schedule in spec.Schedules)
        {
            var next = ScheduleTimes.Next(schedule.Cron, schedule.TimeZone, now);
            until = until is null || next < until ? next ?? until : until;
            if (ScheduleTimes.Last(schedule.Cron, schedule.TimeZone, now) is not { } last)
                continue;
            if (schedule.Minimum is { } least && last >= minimum.At)
                minimum = (least, last);
            if (schedule.Maximum is { } most && last >= maximum.At)
                maximum = (most, last);
        }

        return new ScalingBounds(Math.Min(minimum.Count, maximum.Count), maximum.Count, until);
    }

    public int Clamp(int count) => Math.Clamp(count, Minimum, Maximum);
}
