using System.Collections.Immutable;

namespace OrleansCluster.Grains.Tasks.Lifecycle;

/// <summary>The dependencies of a job's tasks. Holds no progress: the same progress always gives the same plan, however often it is asked for.</summary>
internal sealed class JobGraph
{
    private readonly ImmutableArray<ImmutableArray<int>> _dependencies;

    /// <summary>Those that a task waits for instance by instance.</summary>
    private readonly ImmutableArray<ImmutableArray<int>> _each;
    private readonly ImmutableArray<int> _order;

    private JobGraph(ImmutableArray<ImmutableArray<int>> dependencies, ImmutableArray<ImmutableArray<int>> each)
    {
        (_dependencies, _each) = (dependencies, each);
        _order = Order([.. dependencies.Zip(each, (some, others) => some.AddRange(others))]);
    }

    /// <summary>From tasks that validation has accepted: names are unique and known, and there is no cycle.</summary>
    public static JobGraph Of(ImmutableArray<JobTaskSpec> tasks)
    {
        var indexes = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < tasks.Length; i++)
            indexes.Add(tasks[i].Name, i);
        return new JobGraph([.. tasks.Select(task => Of(task.DependsOn))], [.. tasks.Select(task => Of(task.DependsOnEach))]);

        ImmutableArray<int> Of(ImmutableArray<string> names) => [.. names.Select(name => indexes[name])];
    }

    /// <param name="progress">One entry a task, in the order of the specification.</param>
    /// <param name="isStopping">Start no more.</param>
    public JobOutlook Plan(ReadOnlySpan<TaskProgress> progress, bool isStopping)
    {
        if (progress.Length != _dependencies.Length)
            throw new ArgumentException($"The job has {_dependencies.Length} tasks, but there is progress of {progress.Length}.", nameof(progress));

        var startable = ImmutableArray.CreateBuilder<int>();
        var never = new bool[progress.Length];
        var (hasEnded, hasSucceeded) = (true, true);

        // As long as nothing has failed, the dependencies of all that waits need not be looked through for it.
        var canFail = AnyHasFailed(progress);
        foreach (var task in _order)
        {
            var own = progress[task];
            hasEnded &= own.IsIdle;
            hasSucceeded &= own.HasSucceeded;
            if (own.IsExhausted)
                continue;

            never[task] = isStopping || (canFail && (AnyFails(_dependencies[task], progress, never) || AnyNeverStarts(_each[task], never)));
            if (never[task])
                continue;

            hasEnded = false;
            if (AllSucceeded(_dependencies[task], progress))
                startable.Add(task);
        }

        startable.Sort();
        return new JobOutlook
        {
            Startable = startable.ToImmutable(),
            NeverStarting = [.. Enumerable.Range(0, never.Length).Where(task => never[task])],
            HasEnded = hasEnded,
            HasSucceeded = hasSucceeded,
        };
    }

    private static bool AnyHasFailed(ReadOnlySpan<TaskProgress> progress)
    {
        foreach (var task in progress)
        {
            if (task.HasFailed)
                return true;
        }

        return false;
    }

    private static bool AnyFails(ImmutableArray<int> dependencies, ReadOnlySpan<TaskProgress> progress, bool[] never)
    {
        foreach (var dependency in dependencies)
        {
            if (progress[dependency].HasFailed || never[dependency])
                return true;
        }

        return false;
    }

    /// <summary>What of them is not there yet never will be. Where one instance has failed, only the one that waits for it does not start.</summary>
    private static bool AnyNeverStarts(ImmutableArray<int> each, bool[] never)
    {
        foreach (var dependency in each)
        {
            if (never[dependency])
                return true;
        }

        return false;
    }

    private static bool AllSucceeded(ImmutableArray<int> dependencies, ReadOnlySpan<TaskProgress> progress)
    {
        foreach (var dependency in dependencies)
        {
            if (!progress[dependency].HasSucceeded)
                return false;
        }

        return true;
    }

    /// <summary>Every task after the tasks it depends on.</summary>
    private static ImmutableArray<int> Order(ImmutableArray<ImmutableArray<int>> dependencies)
    {
        var missing = dependencies.Select(all => all.Length).ToArray();
        var dependents = new List<int>[dependencies.Length];
        for (var task = 0; task < dependents.Length; task++)
            dependents[task] = [];
        for (var task = 0; task < dependents.Length; task++)
        {
            foreach (var dependency in dependencies[task])
                dependents[dependency].Add(task);
        }

        var order = new List<int>(Enumerable.Range(0, missing.Length).Where(task => missing[task] == 0));
        for (var next = 0; next < order.Count; next++)
            order.AddRange(dependents[order[next]].Where(task => --missing[task] == 0));
        return order.Count == missing.Length
            ? [.. order]
            : throw new ArgumentException("The tasks depend on each other in a circle; validation refuses that.");
    }
}
