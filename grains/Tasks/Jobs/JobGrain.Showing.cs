namespace OrleansCluster.Grains.Tasks.Jobs;

/// <summary>When progress is shown to those who watch.</summary>
internal sealed partial class JobGrain
{
    private void Progressed()
    {
        var left = (_showPeriod * (1 + (_job!.Tasks.Length / TasksShownInPeriod))) - clock.GetElapsedTime(_shownAt);
        if (left <= TimeSpan.Zero || _showing is null)
        {
            Changed();
        }
        else if (!_isShowing)
        {
            _isShowing = true;
            _showing.Change(left, Timeout.InfiniteTimeSpan);
        }
    }

    private Task Show(CancellationToken cancellationToken)
    {
        if (_isShowing)
            Changed();
        return Task.CompletedTask;
    }

    private void Changed()
    {
        _isShowing = false;
        _shownAt = clock.GetTimestamp();
        _version++;
        _changed.Set();
    }
}
