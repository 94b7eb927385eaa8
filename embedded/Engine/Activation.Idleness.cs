namespace OrleansCluster.Embedded;

internal sealed partial class Activation
{
    private long _lastUse;
    private long _keepUntil;

    internal void DelayDeactivation(TimeSpan time)
    {
        var now = Engine.Time.GetTimestamp();
        lock (_lock)
        {
            _keepUntil = time == Timeout.InfiniteTimeSpan || time.TotalDays > 36500 ? long.MaxValue
                : time <= TimeSpan.Zero ? 0
                : now + Engine.ToTimestamp(time);
        }
    }

    /// <summary>Whether nothing runs here, nothing waits, and that for at least so long.</summary>
    internal bool IsIdleFor(TimeSpan time, long now)
    {
        lock (_lock)
        {
            return _state is State.Active && _running == 0 && now >= _keepUntil && Engine.Time.GetElapsedTime(_lastUse, now) >= time;
        }
    }
}
