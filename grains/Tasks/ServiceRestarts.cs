namespace OrleansCluster.Grains.Tasks;

/// <summary>How long a service's task waits before it is tried again.</summary>
internal static class ServiceRestarts
{
    /// <summary>What ran for as long does not count as ended soon.</summary>
    private static readonly TimeSpan _held = TimeSpan.FromMinutes(1);

    private static readonly RetrySpec _waits = new() { Backoff = 1, MaxBackoff = 60 };

    public static bool HasHeld(DateTimeOffset? startedAt, DateTimeOffset now) => startedAt is { } since && now - since >= _held;

    /// <summary>None after the first, so that what crashes once is back at once; then a second, doubled each time, up to a minute, and cut by chance.</summary>
    public static TimeSpan WaitAfter(int shortRuns, ulong seed) => shortRuns < 2 ? TimeSpan.Zero : RetryPolicy.WaitBefore(_waits, shortRuns - 1, seed);
}
