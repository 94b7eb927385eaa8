using System.Collections.Immutable;
using Cronos;
using OrleansCluster.Grains.Tasks.Validation;

namespace OrleansCluster.Grains.Schedules;

/// <summary>Judges a schedule by itself, its job included. Whether what the job names is there is not seen from here.</summary>
public static class ScheduleValidator
{
    private const int CronLength = 200;
    private const int ZoneLength = 100;
    private const int LongestMissedAfter = 86_400;

    /// <summary>Every fault, in the order of the specification; none means valid.</summary>
    public static ImmutableArray<Fault> Validate(ScheduleSpec? spec)
    {
        var faults = new FaultList();
        if (spec is null)
        {
            faults.Add("", "expected a schedule, found nothing");
            return faults.ToImmutable();
        }

        faults.CheckName("/name", spec.Name);
        CheckTimes(faults, "", spec.Cron, spec.TimeZone);
        foreach (var fault in JobValidator.Validate(spec.Job))
            faults.Add($"/job{fault.Path}", fault.Message);
        if (spec.Job?.StartAt is not null)
            faults.Add("/job/startAt", "the schedule says when its jobs start: expected none here");
        if (!Enum.IsDefined(spec.Missed))
            faults.Add("/missed", $"{spec.Missed} is no such policy: expected RUN_ONCE or SKIP");
        faults.CheckRange("/missedAfter", spec.MissedAfter, 1, LongestMissedAfter);
        if (!Enum.IsDefined(spec.Overlap))
            faults.Add("/overlap", $"{spec.Overlap} is no such policy: expected SKIP, ALLOW, REPLACE or QUEUE");
        return faults.ToImmutable();
    }

    internal static void CheckTimes(FaultList faults, string path, string? times, string? timeZone)
    {
        var zone = ZoneOf(timeZone);
        var cron = FaultOf(times, zone ?? TimeZoneInfo.Utc);
        if (cron is not null)
            faults.Add($"{path}/cron", cron);
        if (zone is null)
            faults.Add($"{path}/timeZone", $"{Quoted.Of(timeZone)} is no time zone that this host knows: expected one of IANA's names, such as UTC or Europe/Berlin");
    }

    private static string? FaultOf(string? cron, TimeZoneInfo zone)
    {
        const string expected = "expected five fields (minute, hour, day of month, month, day of week), such as '30 2 * * MON-FRI', or six with seconds first";
        if (cron is null || cron.Length > CronLength)
            return $"{Quoted.Of(cron)} is no cron expression: {expected}, {CronLength} characters at most";
        try
        {
            return ScheduleTimes.Next(cron, zone, DateTimeOffset.UnixEpoch) is null ? $"{Quoted.Of(cron)} never comes: there is no such day" : null;
        }
        catch (CronFormatException exception)
        {
            return $"{Quoted.Of(cron)} is no cron expression: {exception.Message} ({expected})";
        }
    }

    /// <summary>Windows's names are known to .NET on some hosts only, so they are to none.</summary>
    private static TimeZoneInfo? ZoneOf(string? name) =>
        name is { Length: > 0 and <= ZoneLength } && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) && zone.HasIanaId ? zone : null;
}
