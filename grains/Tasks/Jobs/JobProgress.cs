using System.Collections.Immutable;
using OrleansCluster.Grains.Tasks.Lifecycle;

namespace OrleansCluster.Grains.Tasks.Jobs;

/// <summary>How far each instance of each task of one job is, as far as its job has heard. Merging is by (attempt, state), so order and repeats do not matter.</summary>
internal sealed class JobProgress
{
    private readonly ImmutableArray<JobTaskSpec> _specs;
    private readonly Dictionary<string, int> _indexes;
    private readonly Dictionary<int, TaskReport>[] _instances;

    /// <summary>Kept beside the reports: a job asks at every end of a task, and counting then would make its cost the square of its size.</summary>
    private readonly InstanceCounts[] _counts;

    /// <summary>The first instance that may not have been started, for those that wait for no instance of another task.</summary>
    private readonly int[] _next;

    /// <summary><see langword="null"/> for tasks that wait for no instance of another task.</summary>
    private readonly ElementWaits?[] _waits;

    /// <summary>The tasks whose instances wait for those of a task.</summary>
    private readonly ImmutableArray<int>[] _waiters;

    /// <summary>Kept for the same reason: what a job looks through at every end of a task.</summary>
    private readonly TaskProgress[] _tasks;

    public JobProgress(ImmutableArray<JobTaskSpec> specs)
    {
        _specs = specs;
        _indexes = specs.Select((s, i) => (s.Name, i)).ToDictionary(x => x.Name, x => x.i, StringComparer.Ordinal);
        _instances = [.. specs.Select(_ => new Dictionary<int, TaskReport>())];
        _counts = new InstanceCounts[specs.Length];
        _next = new int[specs.Length];
        _waits = [.. specs.Select(spec => spec.DependsOnEach.IsEmpty ? null : new ElementWaits(spec.Count, spec.DependsOnEach.Length))];
        var waiters = specs.SelectMany((spec, task) => spec.DependsOnEach.Select(name => (Other: _indexes[name], Task: task))).ToLookup(x => x.Other, x => x.Task);
        _waiters = [.. specs.Select((_, task) => waiters[task].ToImmutableArray())];
        _tasks = [.. specs.Select(spec => new TaskProgress(spec.Count, Started: 0, Succeeded: 0, Failed: 0))];
    }

    /// <summary>In the specification.</summary>
    public int IndexOf(string task) => _indexes[task];

    /// <summary>Those of a task that have been started.</summary>
    public IReadOnlyCollection<TaskReport> Instances(int task) => _instances[task].Values;

    /// <summary>Whether it was news.</summary>
    public bool Merge(TaskReport report)
    {
        var task = IndexOf(report.Name);
        var instances = _instances[task];
        if (instances.TryGetValue(report.Index, out var known))
        {
            if (Order(report).CompareTo(Order(known)) <= 0)
                return false;
            _counts[task] = _counts[task].Add(known, -1);
        }

        instances[report.Index] = report;
        _counts[task] = _counts[task].Add(report, 1);
        _waits[task]?.Started(report.Index);
        if (report.State == TaskState.Stopped)
            Settle(task, report.Index, report.Succeeded);
        Count(task);
        return true;

        static (int Attempt, TaskState State) Order(TaskReport r) => (r.Attempt, r.State);
    }

    /// <summary>
    /// Instances that have not been started, as many of them as may be there beside those that have and that have what they wait for; the lowest first.
    /// </summary>
    public ImmutableArray<int> Startable(int task)
    {
        var spec = _specs[task];
        var counts = _counts[task];
        var live = _instances[task].Count - counts.Succeeded - counts.Failed;
        var most = (spec.Parallelism ?? spec.Count) - live;
        if (most <= 0)
            return [];
        if (_waits[task] is { } waits)
            return [.. waits.Ready.Take(most)];
        while (_instances[task].ContainsKey(_next[task]))
            _next[task]++;
        return [.. Enumerable.Range(_next[task], spec.Count - _next[task]).Where(index => !_instances[task].ContainsKey(index)).Take(most)];
    }

    /// <summary>Instances that have been started and have not ended.</summary>
    public IEnumerable<(string Name, int Index)> Live() =>
        _instances.SelectMany((instances, task) => instances.Values.Where(r => r.State != TaskState.Stopped).Select(r => (_specs[task].Name, r.Index)));

    /// <summary>One entry a task, in the order of the specification; what it shows changes with the next merge.</summary>
    public ReadOnlySpan<TaskProgress> ToTaskProgress() => _tasks;

    public ImmutableArray<JobTaskView> ToViews(ImmutableArray<ResolvedTask> resolved) =>
        [.. _specs.Select((spec, task) => ToView(spec, resolved[task], _instances[task].Count, _counts[task]))];

    /// <summary>Tells those that wait for the instance.</summary>
    private void Settle(int task, int index, bool succeeded)
    {
        foreach (var waiter in _waiters[task])
        {
            if (succeeded)
                _waits[waiter]!.Met(index);
            else if (_waits[waiter]!.Block(index))
            {
                Count(waiter);
                Settle(waiter, index, succeeded: false);
            }
        }
    }

    private void Count(int task) => _tasks[task] = new TaskProgress(
        _specs[task].Count, _instances[task].Count, _counts[task].Succeeded, _counts[task].Failed, _waits[task]?.Blocked ?? 0);

    private static JobTaskView ToView(JobTaskSpec spec, ResolvedTask resolved, int started, InstanceCounts counts) => new()
    {
        Name = spec.Name,
        Definition = resolved.Definition,
        Count = spec.Count,
        DependsOn = spec.DependsOn,
        Waiting = spec.Count - started,
        Queued = counts.Queued,
        Starting = counts.Starting,
        Running = counts.Running,
        Succeeded = counts.Succeeded,
        Failed = counts.Failed,
        PlacementConstraints = spec.PlacementConstraints,
        PlacementStrategy = spec.PlacementStrategy,
        DependsOnEach = spec.DependsOnEach,
        Parallelism = spec.Parallelism,
        Gang = spec.Gang,
    };
}
