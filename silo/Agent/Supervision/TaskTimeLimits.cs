using System.Globalization;

namespace OrleansCluster.Silo.Agent.Supervision;

/// <summary>
/// Ends a task attempt that takes longer than its rules allow. A timer of its own, since the supervisor may be busy with something that takes just as long, such as
/// an image that does not arrive.
/// </summary>
internal sealed class TaskTimeLimits(TaskInbox inbox, TimeProvider clock) : IDisposable
{
    private readonly Lock _lock = new();
    private ITimer? _timer;
    private TaskEnd? _end;
    private long? _approvedAt;
    private bool _isRunning;

    /// <summary>The manager has said that it is to run; the first time counts.</summary>
    public void Approved(TaskRules? rules)
    {
        if (rules?.StartTimeout is not { } seconds)
            return;
        lock (_lock)
        {
            if (_isRunning)
                return;
            _approvedAt ??= clock.GetTimestamp();
            Set(TimeSpan.FromSeconds(seconds) - clock.GetElapsedTime(_approvedAt.Value), "start", seconds);
        }
    }

    /// <summary>Its essential containers have started.</summary>
    /// <param name="since">By the node's clock, so that an agent that adopted it counts what was before it.</param>
    public void Runs(TaskRules? rules, DateTimeOffset since)
    {
        lock (_lock)
        {
            if (_isRunning)
                return;
            _isRunning = true;
            if (rules?.AttemptTimeout is { } seconds)
                Set(since.AddSeconds(seconds) - clock.GetUtcNow(), "end", seconds);
            else
                Cancel();
        }
    }

    public void Dispose()
    {
        lock (_lock)
            Cancel();
    }

    private void Set(TimeSpan due, string what, int seconds)
    {
        _end = TaskEnd.TimedOut(string.Create(CultureInfo.InvariantCulture, $"It did not {what} within {seconds} s"));
        due = due > TimeSpan.Zero ? due : TimeSpan.Zero;
        if (_timer is null)
            _timer = clock.CreateTimer(_ => RunOut(), null, due, Timeout.InfiniteTimeSpan);
        else
            _timer.Change(due, Timeout.InfiniteTimeSpan);
    }

    private void Cancel()
    {
        _end = null;
        _timer?.Dispose();
        _timer = null;
    }

    private void RunOut()
    {
        lock (_lock)
        {
            if (_end is { } end)
                inbox.ToEnd(end);
        }
    }
}
