using System.Globalization;

namespace OrleansCluster.Cli.Output;

/// <summary>Times as people read them; exact ones are in <c>--json</c>.</summary>
internal static class ShortTime
{
    public static string Ago(DateTimeOffset? time, DateTimeOffset now)
    {
        if (time is not { } known) return "-";
        var age = now - known;
        return age switch
        {
            { TotalSeconds: < 1 } => "now",
            { TotalMinutes: < 1 } => $"{(int)age.TotalSeconds}s ago",
            { TotalHours: < 1 } => $"{(int)age.TotalMinutes}m ago",
            { TotalDays: < 1 } => $"{(int)age.TotalHours}h ago",
            { TotalDays: < 14 } => $"{(int)age.TotalDays}d ago",
            _ => known.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        };
    }

    /// <summary>How long something took, or has been taking where it has no end yet.</summary>
    public static string Span(DateTimeOffset? start, DateTimeOffset? end, DateTimeOffset now) =>
        start is { } begun ? Span((end ?? now) - begun) : "-";

    public static string Span(TimeSpan span) => span switch
    {
        { Ticks: < 0 } => "0.0s",
        { TotalSeconds: < 9.95 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.0}s"),
        { TotalMinutes: < 1 } => $"{(int)span.TotalSeconds}s",
        { TotalHours: < 1 } => $"{(int)span.TotalMinutes}m{span.Seconds:00}s",
        { TotalDays: < 1 } => $"{(int)span.TotalHours}h{span.Minutes:00}m",
        _ => $"{(int)span.TotalDays}d{span.Hours:00}h",
    };

    public static string Exact(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture) ?? "-";

    public static string Clock(DateTimeOffset time) => time.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture);
}
