using Cronos;

namespace OrleansCluster.Grains.Schedules;

/// <summary>The moments of a schedule. They are asked for from a moment on, or back from it; never counted through.</summary>
internal static class ScheduleTimes
{
    private const int FieldsWithSeconds = 6;

    /// <summary>The first one after a moment; <see langword="null"/> where none comes.</summary>
    /// <exception cref="CronFormatException">The text is no cron expression.</exception>
    public static DateTimeOffset? Next(string cron, TimeZoneInfo zone, DateTimeOffset after) => Parse(cron).GetNextOccurrence(after, zone)?.ToUniversalTime();

    public static DateTimeOffset? Next(ScheduleSpec spec, DateTimeOffset after) => Next(spec.Cron, ZoneOf(spec), after);

    /// <summary>The last one until now, which is <paramref name="due"/> or one that came after it.</summary>
    public static DateTimeOffset Newest(ScheduleSpec spec, DateTimeOffset due, DateTimeOffset now) =>
        Parse(spec.Cron).GetPreviousOccurrence(now, ZoneOf(spec), inclusive: true)?.ToUniversalTime() is { } newest && newest > due ? newest : due;

    private static CronExpression Parse(string cron) =>
        CronExpression.Parse(cron, cron.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length == FieldsWithSeconds ? CronFormat.IncludeSeconds : CronFormat.Standard);

    private static TimeZoneInfo ZoneOf(ScheduleSpec spec) => TimeZoneInfo.FindSystemTimeZoneById(spec.TimeZone);
}
