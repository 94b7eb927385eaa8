using System.Collections.Immutable;
using OrleansCluster.Grains.Tasks.Lifecycle;

namespace OrleansCluster.Grains.Tasks.Jobs;

/// <summary>How far each instance of each task of one job is, as far as its job has heard. Merging is by (attempt, state), so order and repeats do not matter.</summary>
internal sealed class JobProgress
{
    private readonly ImmutableArray<JobTaskSpec> _specs;
    private readonly Dictionary<string, int> _indexes;
    private readonly Dictionary<int, TaskReport>[] _instances;

    public JobProgress(ImmutableArray<JobTaskSpec> specs)
    {
        _specs = specs;
        _indexes = specs.Select((s, i) => (s.Name, i)).ToDictionary(x => x.Name, x => x.i, StringComparer.Ordinal);
        _instances = [.. specs.Select(_ => new Dictionary<int, TaskReport>())];
    }

    /// <summary>Whether it was news.</summary>
    public bool Merge(TaskReport report)
    {
        var instances = _instances[_indexes[report.Name]];
        if (instances.TryGetValue(report.Index, out var known) && Order(report).CompareTo(Order(known)) <= 0)
            return false;
        instances[report.Index] = report;
        return true;

        static (int Attempt, TaskState State) Order(TaskReport r) => (r.Attempt, r.State);
    }

    public IEnumerable<int> NotStarted(int task) => Enumerable.Range(0, _specs[task].Count).Where(i => !_instances[task].ContainsKey(i));

    /// <summary>Instances that have been started and have not ended.</summary>
    public IEnumerable<(string Name, int Index)> Live() =>
        _instances.SelectMany((instances, task) => instances.Values.Where(r => r.State != TaskState.Stopped).Select(r => (_specs[task].Name, r.Index)));

    public TaskProgress[] ToTaskProgress() =>
        [.. _instances.Select((all, task) => new TaskProgress(_specs[task].Count, all.Count, all.Values.Count(r => r.Succeeded), all.Values.Count(HasFailed)))];

    public ImmutableArray<JobTaskView> ToViews(ImmutableArray<ResolvedTask> resolved) => [.. _specs.Select((spec, task) => ToView(spec, resolved[task], _instances[task].Values))];

    private static JobTaskView ToView(JobTaskSpec spec, ResolvedTask resolved, IReadOnlyCollection<TaskReport> all) => new()
    {
        Name = spec.Name,
        Definition = resolved.Definition,
        Count = spec.Count,
        DependsOn = spec.DependsOn,
        Waiting = spec.Count - all.Count,
        Queued = all.Count(r => r.State == TaskState.Provisioning),
        Starting = all.Count(r => r.State is TaskState.Pending or TaskState.Activating),
        Running = all.Count(r => r.State is >= TaskState.Running and < TaskState.Stopped),
        Succeeded = all.Count(r => r.Succeeded),
        Failed = all.Count(HasFailed),
    };

    private static bool HasFailed(TaskReport report) => report is { State: TaskState.Stopped, Succeeded: false };
}
