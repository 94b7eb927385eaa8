namespace OrleansCluster.Grains.Teams;

/// <summary>Cuts the time of a claim into hours of UTC.</summary>
internal static class UsageHours
{
    public static IEnumerable<(DateTimeOffset Hour, HourUsage Usage)> Of(ResourceTotals amounts, DateTimeOffset from, DateTimeOffset to)
    {
        for (var hour = HourOf(from); hour < to; hour = hour.AddHours(1))
        {
            var (begin, end) = (Max(hour, from), Min(hour.AddHours(1), to));
            if (end > begin)
                yield return (hour, HourUsage.Of(amounts, Milliseconds(end) - Milliseconds(begin)));
        }
    }

    public static DateTimeOffset HourOf(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);

    // Of a whole moment, not of a difference: then the pieces of a claim add up to the claim.
    private static long Milliseconds(DateTimeOffset time) => time.UtcTicks / TimeSpan.TicksPerMillisecond;

    private static DateTimeOffset Max(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private static DateTimeOffset Min(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
