using Cronos;

namespace OrleansCluster.Grains.Schedules;

/// <summary>The moments of a schedule. They are asked for from a moment on, or back from it; never counted through.</summary>
internal static class ScheduleTimes
{
    private const int FieldsWithSeconds = 6;

    /// <summary>One for where Cronos comes out backwards, one for the end of an hour that is left out.</summary>
    private const int MostSteps = 3;

    /// <summary>The first one after a moment; <see langword="null"/> where none comes.</summary>
    /// <exception cref="CronFormatException">The text is no cron expression.</exception>
    public static DateTimeOffset? Next(string cron, TimeZoneInfo zone, DateTimeOffset after) => Parse(cron).GetNextOccurrence(after, zone)?.ToUniversalTime();

    public static DateTimeOffset? Next(ScheduleSpec spec, DateTimeOffset after) => Next(spec.Cron, ZoneOf(spec), after);

    /// <param name="zone">By its name.</param>
    public static DateTimeOffset? Next(string cron, string zone, DateTimeOffset after) => Next(cron, TimeZoneInfo.FindSystemTimeZoneById(zone), after);

    /// <summary>The last one until now; <see langword="null"/> where none ever came.</summary>
    public static DateTimeOffset? Last(string text, string zoneName, DateTimeOffset now)
    {
        var (cron, zone) = (Parse(text), TimeZoneInfo.FindSystemTimeZoneById(zoneName));
        var about = cron.GetPreviousOccurrence(now, zone, inclusive: true);
        for (var steps = 0; about is not null && steps < MostSteps; steps++)
        {
            if (NewestFrom(cron, zone, about.Value, now) is { } newest)
                return newest.ToUniversalTime();
            about = cron.GetPreviousOccurrence(about.Value, zone);
        }

        return null;
    }

    /// <summary>
    /// The last one until now, which is <paramref name="due"/> or one that came after it. What falls into an hour that is left out Cronos gives as the second before that hour
    /// when it is asked backwards, and as the hour's end forwards: so it is asked backwards only for where to begin.
    /// </summary>
    public static DateTimeOffset Newest(ScheduleSpec spec, DateTimeOffset due, DateTimeOffset now)
    {
        var (cron, zone) = (Parse(spec.Cron), ZoneOf(spec));
        if (cron.GetPreviousOccurrence(now, zone, inclusive: true) is not { } about || about <= due)
            return due;
        return (NewestFrom(cron, zone, about, now) ?? due).ToUniversalTime();
    }

    private static DateTimeOffset? NewestFrom(CronExpression cron, TimeZoneInfo zone, DateTimeOffset about, DateTimeOffset now)
    {
        DateTimeOffset? newest = null;
        var next = cron.GetNextOccurrence(about, zone, inclusive: true);
        for (var steps = 0; next <= now && steps < MostSteps; steps++)
        {
            newest = next.Value;
            next = cron.GetNextOccurrence(newest.Value, zone);
        }

        return newest;
    }

    private static CronExpression Parse(string cron) =>
        CronExpression.Parse(cron, cron.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length == FieldsWithSeconds ? CronFormat.IncludeSeconds : CronFormat.Standard);

    private static TimeZoneInfo ZoneOf(ScheduleSpec spec) => TimeZoneInfo.FindSystemTimeZoneById(spec.TimeZone);
}
