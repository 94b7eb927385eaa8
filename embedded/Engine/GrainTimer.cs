using Orleans.Runtime;

namespace OrleansCluster.Embedded;

/// <summary>Posts a tick to its activation when it is due; the next period begins when the callback has ended.</summary>
internal sealed class GrainTimer : IGrainTimer
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _disposed = new();
    private readonly Activation _activation;
    private readonly Func<CancellationToken, Task> _callback;
    private readonly ITimer _timer;
    private TimeSpan _next = Timeout.InfiniteTimeSpan;
    private TimeSpan _period = Timeout.InfiniteTimeSpan;
    private bool _firing;

    internal GrainTimer(Activation activation, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
    {
        _activation = activation;
        _callback = callback;
        Options = options;
        _timer = activation.Engine.CreateTimer(Fire, Timeout.InfiniteTimeSpan);
    }

    internal GrainTimerCreationOptions Options { get; }

    internal bool IsDisposed => _disposed.IsCancellationRequested;

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        Check(dueTime, nameof(dueTime));
        Check(period, nameof(period));
        lock (_lock)
        {
            _next = dueTime;
            _period = period;
            if (!_firing && !IsDisposed) _timer.Change(dueTime, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        if (IsDisposed) return;

        _timer.Dispose();
        _activation.Forget(this);
        try
        {
            _disposed.Cancel();
        }
        catch (AggregateException exception)
        {
            _activation.Engine.Log.TimerFailed(exception, _activation.GrainId);
        }
    }

    internal Task RunAsync()
    {
        // What Change says during the callback counts from its end, as the period does.
        lock (_lock)
        {
            _next = _period;
        }

        return _callback(_disposed.Token);
    }

    internal void OnEnded(Task ended)
    {
        if (!ended.IsCompletedSuccessfully && !IsDisposed) _activation.Engine.Log.TimerFailed(ended.Exception, _activation.GrainId);
        lock (_lock)
        {
            _firing = false;
            if (!IsDisposed) _timer.Change(_next, Timeout.InfiniteTimeSpan);
        }
    }

    private static void Check(TimeSpan time, string name)
    {
        if (time == Timeout.InfiniteTimeSpan) return;

        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(time.TotalMilliseconds, uint.MaxValue - 1, name);
    }

    private void Fire()
    {
        lock (_lock)
        {
            if (_firing || IsDisposed) return;
            _firing = true;
        }

        _activation.TryPost(new TimerTick(this));
    }
}
