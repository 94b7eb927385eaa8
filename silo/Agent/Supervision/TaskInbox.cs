using OrleansCluster.Silo.Agent.Health;

namespace OrleansCluster.Silo.Agent.Supervision;

/// <summary>What the agent's other loops have told one supervisor since it last looked, from any thread.</summary>
internal sealed class TaskInbox(TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly Signal _arrived = new(clock);
    private readonly HashSet<string> _changed = [];
    private readonly List<ContainerInfo> _seen = [];
    private CancellationTokenSource _interrupt = new();
    private TaskEnd? _end;
    private AgentSession? _approvedBy;
    private bool _isReleased;

    /// <summary>Most tasks have no use for it.</summary>
    private SortedList<string, HealthFinding>? _found;

    /// <summary>The decision that the task ends; it may only become more urgent.</summary>
    public TaskEnd? End
    {
        get
        {
            lock (_lock)
                return _end;
        }
    }

    /// <summary>The session in which the manager has last said that the task is to run.</summary>
    public AgentSession? ApprovedBy
    {
        get
        {
            lock (_lock)
                return _approvedBy;
        }
    }

    /// <summary>The manager wants no more word of it: its containers may go.</summary>
    public bool IsReleased
    {
        get
        {
            lock (_lock)
                return _isReleased;
        }
    }

    /// <summary>Cancelled when <see cref="End"/> changes: what takes long is given up for it.</summary>
    public CancellationToken Interrupted
    {
        get
        {
            lock (_lock)
                return _interrupt.Token;
        }
    }

    public Task Wait(CancellationToken cancellationToken) => Wait(Timeout.InfiniteTimeSpan, cancellationToken);

    public Task Wait(TimeSpan longest, CancellationToken cancellationToken) => _arrived.Wait(longest, cancellationToken);

    public void Wake() => _arrived.Set();

    public void ToEnd(TaskEnd end) => ToEnd(end, isReleased: false);

    /// <summary>As <see cref="ToEnd(TaskEnd)"/> and <see cref="Release"/> in one, so that it never looks ended and yet of interest.</summary>
    public void ToEndReleased(TaskEnd end) => ToEnd(end, isReleased: true);

    public void Approve(AgentSession session)
    {
        lock (_lock)
            _approvedBy = session;
        _arrived.Set();
    }

    public void Release()
    {
        lock (_lock)
            _isReleased = true;
        _arrived.Set();
    }

    public void Changed(string container)
    {
        lock (_lock)
            _changed.Add(container);
        _arrived.Set();
    }

    public void Seen(IEnumerable<ContainerInfo> containers)
    {
        lock (_lock)
            _seen.AddRange(containers);
        _arrived.Set();
    }

    /// <summary>What the agent's own checks say of a container; the newest counts.</summary>
    public void Found(string container, HealthFinding finding)
    {
        lock (_lock)
            (_found ??= new(StringComparer.Ordinal))[container] = finding;
        _arrived.Set();
    }

    public TaskNews Take()
    {
        lock (_lock)
        {
            var news = new TaskNews([.. _changed], [.. _seen], _found is null ? [] : [.. _found]);
            _changed.Clear();
            _seen.Clear();
            _found?.Clear();
            return news;
        }
    }

    private void ToEnd(TaskEnd end, bool isReleased)
    {
        CancellationTokenSource? interrupted = null;
        lock (_lock)
        {
            _isReleased |= isReleased;
            var next = _end is null ? end : _end with { AtOnce = _end.AtOnce || end.AtOnce };
            if (next != _end)
            {
                _end = next;
                interrupted = _interrupt;
                _interrupt = new CancellationTokenSource();
            }
        }

        interrupted?.Cancel();
        if (interrupted is not null || isReleased)
            _arrived.Set();
    }
}
