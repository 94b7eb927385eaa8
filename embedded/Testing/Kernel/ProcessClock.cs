using OrleansCluster.Embedded.Deterministic;

namespace OrleansCluster.Testing.Kernel;

/// <summary>The clock of one host: virtual time, a little fast or slow, and set a little wrong. Its timers fire in its process.</summary>
/// <param name="rate">Seconds of this clock in one of the world's.</param>
/// <param name="ahead">What it shows more than the world's clock.</param>
internal sealed class ProcessClock(VirtualTimeProvider world, SimulatedProcess process, double rate, TimeSpan ahead) : TimeProvider
{
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => world.GetUtcNow() - world.Elapsed + (world.Elapsed * rate) + ahead;

    public override long GetTimestamp() => (long)(world.GetTimestamp() * rate);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new ProcessTimer(world.CreateTimer(callback, state, ToWorld(dueTime, rate), ToWorld(period, rate), process), rate);

    /// <summary>Rounded up, so that no timer fires before its time by this clock.</summary>
    private static TimeSpan ToWorld(TimeSpan time, double rate) =>
        time == Timeout.InfiniteTimeSpan || time == TimeSpan.Zero ? time : TimeSpan.FromTicks((long)Math.Ceiling(time.Ticks / rate) + 1);

    private sealed class ProcessTimer(ITimer timer, double rate) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(ToWorld(dueTime, rate), ToWorld(period, rate));

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
