namespace OrleansCluster.Embedded.Deterministic;

/// <summary>A timer in virtual time.</summary>
internal sealed class VirtualTimer(VirtualTimeProvider time, long number, TaskScheduler scheduler, TimerCallback callback, object? state) : ITimer
{
    internal static readonly IComparer<VirtualTimer> ByDueTime = Comparer<VirtualTimer>.Create(
        static (a, b) => a.Due.CompareTo(b.Due) is var byDue and not 0 ? byDue : a._number.CompareTo(b._number));

    private readonly long _number = number;
    private TimeSpan _period = Timeout.InfiniteTimeSpan;
    private int _changes;
    private bool _disposed;

    /// <summary>Ticks of virtual time; must not change while the timer is armed.</summary>
    internal long Due { get; set; }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        Check(dueTime, nameof(dueTime));
        Check(period, nameof(period));
        if (_disposed) return false;

        _changes++;
        _period = period;
        time.Arm(this, dueTime);
        return true;
    }

    public void Dispose()
    {
        _disposed = true;
        time.Disarm(this);
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Queues the callback as work of the scheduler, so that its place among other ready work is drawn too.</summary>
    internal void Fire()
    {
        var changes = _changes;
        new Task(() => Run(changes)).Start(scheduler);
    }

    private static void Check(TimeSpan value, string name)
    {
        if (value != Timeout.InfiniteTimeSpan) ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero, name);
    }

    private void Run(int changes)
    {
        if (_disposed || changes != _changes) return;

        // A period of zero means once, as with System.Threading.Timer.
        if (_period > TimeSpan.Zero) time.Arm(this, _period);
        callback(state);
    }
}
