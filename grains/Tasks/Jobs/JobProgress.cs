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

    /// <summary>Kept for the same reason: what a job looks through at every end of a task.</summary>
    private readonly TaskProgress[] _tasks;

    public JobProgress(ImmutableArray<JobTaskSpec> specs)
    {
        _specs = specs;
        _indexes = specs.Select((s, i) => (s.Name, i)).ToDictionary(x => x.Name, x => x.i, StringComparer.Ordinal);
        _instances = [.. specs.Select(_ => new Dictionary<int, TaskReport>())];
        _counts = new InstanceCounts[specs.Length];
        _tasks = [.. specs.Select(spec => new TaskProgress(spec.Count, Started: 0, Succeeded: 0, Failed: 0))];
    }

    /// <summary>In the specification.</summary>
    public int IndexOf(string task) => _indexes[task];

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
        _tasks[task] = new TaskProgress(_specs[task].Count, instances.Count, _counts[task].Succeeded, _counts[task].Failed);
        return true;

        static (int Attempt, TaskState State) Order(TaskReport r) => (r.Attempt, r.State);
    }

    public IEnumerable<int> NotStarted(int task) => Enumerable.Range(0, _specs[task].Count).Where(i => !_instances[task].ContainsKey(i));

    /// <summary>Instances that have been started and have not ended.</summary>
    public IEnumerable<(string Name, int Index)> Live() =>
        _instances.SelectMany((instances, task) => instances.Values.Where(r => r.State != TaskState.Stopped).Select(r => (_specs[task].Name, r.Index)));

    /// <summary>One entry a task, in the order of the specification; what it shows changes with the next merge.</summary>
    public ReadOnlySpan<TaskProgress> ToTaskProgress() => _tasks;

    public ImmutableArray<JobTaskView> ToViews(ImmutableArray<ResolvedTask> resolved) =>
        [.. _specs.Select((spec, task) => ToView(spec, resolved[task], _instances[task].Count, _counts[task]))];

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
    };
}
