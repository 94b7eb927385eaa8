namespace OrleansCluster.Grains.Runtime;

public static class WaitTimes
{
    /// <summary>
    /// The time in whole milliseconds, rounded up. Waits are cut down to whole milliseconds: one of less than that would not wait at all, and whoever
    /// asks again until the time is over would spin, for ever where the clock moves only while nobody works.
    /// </summary>
    public static TimeSpan ToWholeMilliseconds(this TimeSpan time) =>
        time == Timeout.InfiniteTimeSpan ? time : TimeSpan.FromMilliseconds(Math.Ceiling(time.TotalMilliseconds));
}
