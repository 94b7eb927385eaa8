using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using OrleansCluster.Grains.Teams;

namespace OrleansCluster.Grains.Frameworks;

/// <summary>
/// The tasks of a framework as its grain knows them, until the framework has acknowledged their end, and what it has to be told: that a task runs, and that it has stopped, one after the other, each
/// until it is acknowledged. No I/O, no clock.
/// </summary>
internal sealed class FrameworkTasks
{
    /// <summary>How long after an update was told it is told again.</summary>
    public static readonly TimeSpan Again = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, TaskView> _tasks = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (TaskState State, DateTimeOffset At)> _told = new(StringComparer.Ordinal);
    private readonly HashSet<string> _fresh = new(StringComparer.Ordinal);

    public int Count => _tasks.Count;

    public IEnumerable<TaskView> All => _tasks.Values;

    public int Unacknowledged => _tasks.Values.Count(task => ToTell(task) is not null);

    public ResourceTotals Used => _tasks.Values.Where(task => task.State is not (TaskState.Stopped or TaskState.Provisioning))
        .Aggregate(ResourceTotals.Zero, (sum, task) => sum + TeamAmounts.Of(task.Resources, gpu: 0));

    public bool TryFind(string name, [NotNullWhen(true)] out TaskView? task) => _tasks.TryGetValue(name, out task);

    /// <summary>The state only grows, and so does what is acknowledged.</summary>
    public void Take(TaskView task)
    {
        if (task.OfFramework is not { } name)
            return;
        if (_tasks.TryGetValue(name, out var known))
        {
            if (task.State < known.State)
                task = known with { Acknowledged = Later(known.Acknowledged, task.Acknowledged) };
            else if (task.Acknowledged is null || known.Acknowledged > task.Acknowledged)
                task = task with { Acknowledged = known.Acknowledged };
        }

        if (task.Acknowledged == TaskState.Stopped)
        {
            Forget(name);
            return;
        }

        _tasks[name] = task;
        if (ToTell(task) is { } state && (!_told.TryGetValue(name, out var told) || told.State != state))
            _fresh.Add(name);
    }

    public void Acknowledged(string name, TaskState state)
    {
        // What it has not come to cannot have been told.
        if (_tasks.TryGetValue(name, out var task) && state <= task.State)
            Take(task with { Acknowledged = Later(task.Acknowledged, state) });
    }

    /// <summary>What it has to be told now; told again later until it is acknowledged.</summary>
    /// <param name="withTold">Also what was told a while ago.</param>
    /// <param name="most">As many at most; the others stay due.</param>
    public ImmutableArray<FrameworkUpdate> TakeDue(DateTimeOffset now, bool withTold, int most = int.MaxValue)
    {
        if (most <= 0)
            return [];
        var due = withTold ? _fresh.Concat(_told.Where(told => told.Value.At + Again <= now).Select(told => told.Key)).Distinct(StringComparer.Ordinal).ToList() : [.. _fresh];
        var updates = ImmutableArray.CreateBuilder<FrameworkUpdate>(Math.Min(due.Count, most));
        foreach (var name in due.Order(StringComparer.Ordinal))
        {
            if (updates.Count == most)
                break;
            _fresh.Remove(name);
            if (!_tasks.TryGetValue(name, out var task) || ToTell(task) is not { } state)
            {
                _told.Remove(name);
                continue;
            }

            _told[name] = (state, now);
            updates.Add(ToUpdate(name, task, state, wantsAcknowledgement: true, now));
        }

        return updates.DrainToImmutable();
    }

    /// <summary>Who begins to listen has been told nothing.</summary>
    public void TellAllAgain()
    {
        _told.Clear();
        foreach (var (name, task) in _tasks)
        {
            if (ToTell(task) is not null)
                _fresh.Add(name);
        }
    }

    /// <summary>As the task is now.</summary>
    public FrameworkUpdate Reconcile(string name, DateTimeOffset now) => _tasks.TryGetValue(name, out var task)
        ? ToUpdate(name, task, task.State, wantsAcknowledgement: false, now)
        : new FrameworkUpdate { Task = name, State = TaskState.Stopped, WantsAcknowledgement = false, At = now };

    /// <summary>Tasks that are not stored as its own any more, unless they are newer than what was read.</summary>
    public void KeepOnly(IReadOnlySet<string> there, DateTimeOffset readAt)
    {
        foreach (var name in _tasks.Where(task => !there.Contains(task.Key) && task.Value.CreatedAt < readAt).Select(task => task.Key).ToList())
            Forget(name);
    }

    public void Clear()
    {
        _tasks.Clear();
        _told.Clear();
        _fresh.Clear();
    }

    private void Forget(string name)
    {
        _tasks.Remove(name);
        _told.Remove(name);
        _fresh.Remove(name);
    }

    /// <summary>The next that the framework has not acknowledged.</summary>
    private static TaskState? ToTell(TaskView task) => task switch
    {
        { StartedAt: not null, State: >= TaskState.Running, Acknowledged: null or < TaskState.Running } => TaskState.Running,
        { State: TaskState.Stopped, Acknowledged: null or < TaskState.Stopped } => TaskState.Stopped,
        _ => null,
    };

    private static FrameworkUpdate ToUpdate(string name, TaskView task, TaskState state, bool wantsAcknowledgement, DateTimeOffset now) => new()
    {
        Task = name,
        State = state,
        View = task,
        WantsAcknowledgement = wantsAcknowledgement,
        At = (state == TaskState.Stopped ? task.StoppedAt : state == TaskState.Running ? task.StartedAt : null) ?? now,
    };

    private static TaskState? Later(TaskState? one, TaskState? other) => one is null || other > one ? other : one;
}
