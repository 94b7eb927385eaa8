using System.Collections.Immutable;

namespace OrleansCluster.Grains.Tasks.Validation;

/// <summary>Judges a job by itself. Whether the definitions it names are registered is not seen from here.</summary>
public static class JobValidator
{
    /// <summary>Every fault, in the order of the specification; none means valid. Whatever JSON can make of the input is answered, not thrown.</summary>
    public static ImmutableArray<Fault> Validate(JobSpec? spec)
    {
        var faults = new FaultList();
        if (spec is null)
        {
            faults.Add("", "expected a job, found nothing");
            return faults.ToImmutable();
        }

        faults.CheckName("/name", spec.Name);
        faults.CheckTeam("/team", spec.Team);
        faults.CheckRange("/priority", spec.Priority, 0, SpecLimits.LargestPriority);
        if (spec.Timeout is { } timeout)
            faults.CheckRange("/timeout", timeout, 1, SpecLimits.LongestTime);
        CheckOthers(faults, spec);
        var tasks = faults.Items("/tasks", spec.Tasks, SpecLimits.TasksPerJob);
        if (tasks.IsEmpty && !faults.Has("/tasks"))
            faults.Add("/tasks", "expected at least one task, found none");

        foreach (var (path, task) in tasks)
            CheckTask(faults, path, task);
        CheckInstances(faults, tasks);
        CheckDependencies(faults, tasks);
        faults.CheckUnique(tasks, "/name", "task", task => task.Name);
        CheckCounts(faults, tasks);
        DependencyRules.Check(faults, [.. tasks.Select(task => new DependencyNode(task.Value.Name, NamedDependencies(task)))], "task of this job");
        return faults.ToImmutable();
    }

    /// <summary>The fault of a job's id, where it has one: ids of tasks and keys of grains are made of it.</summary>
    public static ImmutableArray<Fault> ValidateId(string id) =>
        NameRule.IsJobId(id) ? [] : [new Fault("", $"{Quoted.Of(id)} is no job id: {NameRule.JobIdExpectation}")];

    private static ImmutableArray<NamedDependency> NamedDependencies(Item<JobTaskSpec> task) =>
    [
        .. Items.Of($"{task.Path}/dependsOn", task.Value.DependsOn, SpecLimits.DependenciesPerTask).Select(item => new NamedDependency(item.Path, item.Value)),
        .. Items.Of($"{task.Path}/dependsOnEach", task.Value.DependsOnEach, SpecLimits.DependenciesPerTask).Select(item => new NamedDependency(item.Path, item.Value)),
    ];

    private static void CheckTask(FaultList faults, string path, JobTaskSpec task)
    {
        faults.CheckName($"{path}/name", task.Name);
        faults.CheckRange($"{path}/count", task.Count, 1, SpecLimits.InstancesPerTask);
        faults.Items($"{path}/dependsOn", task.DependsOn, SpecLimits.DependenciesPerTask);
        faults.Items($"{path}/dependsOnEach", task.DependsOnEach, SpecLimits.DependenciesPerTask);
        if (task.Parallelism is { } parallelism)
            faults.CheckRange($"{path}/parallelism", parallelism, 1, SpecLimits.InstancesPerTask);
        if (task.Gang)
            CheckGang(faults, path, task);
        TaskRuleChecks.Check(faults, path, task);
        PlacementRuleChecks.Check(faults, path, task);
        OverrideRules.Check(faults, path, task);
        DisconnectRules.Check(faults, path, task.OnDisconnect);
        if (task.Definition is null)
        {
            ContainerGroupRules.Check(faults, path, task.Containers, task.Volumes, task.Network, task.Checkpoint);
            return;
        }

        if (!DefinitionName.TryParse(task.Definition, out _))
            faults.Add($"{path}/definition", $"{Quoted.Of(task.Definition)} names no task definition: expected family or family:revision, such as web or web:3");
        CheckAlone(faults, path, task);
    }

    private static void CheckGang(FaultList faults, string path, JobTaskSpec task)
    {
        if (task.Count > SpecLimits.InstancesPerGang)
            faults.Add($"{path}/gang", $"{task.Count} instances are too many to start together: expected at most {SpecLimits.InstancesPerGang}");
        if (task.Parallelism < task.Count)
            faults.Add($"{path}/gang", $"{task.Parallelism} instances at a time are not a gang of {task.Count}: expected no parallelism, since all of them start together");
        if (!task.DependsOnEach.IsDefaultOrEmpty)
            faults.Add($"{path}/gang", "instances that wait for others one by one cannot start together: expected dependsOn instead of dependsOnEach");
    }

    private static void CheckAlone(FaultList faults, string path, JobTaskSpec task)
    {
        if (!task.Containers.IsDefaultOrEmpty)
            faults.Add($"{path}/containers", "expected either a definition or containers, found both");
        if (!task.Volumes.IsDefaultOrEmpty)
            faults.Add($"{path}/volumes", "volumes go with containers of the task's own; a definition brings its own volumes");
        if (task.Network != default)
            faults.Add($"{path}/network", "a network mode goes with containers of the task's own; a definition brings its own network mode");
        if (task.Checkpoint is not null)
            faults.Add($"{path}/checkpoint", "a checkpoint goes with containers of the task's own; a definition brings its own checkpoint");
        if (task.OnDisconnect != default)
            faults.Add($"{path}/onDisconnect", "onDisconnect goes with containers of the task's own; a definition brings its own");
    }

    private static void CheckOthers(FaultList faults, JobSpec spec)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (path, dependency) in faults.Items("/dependsOn", spec.DependsOn, SpecLimits.JobsPerJob))
        {
            if (dependency.Job is null || !NameRule.IsJobId(dependency.Job))
                faults.Add($"{path}/job", $"{Quoted.Of(dependency.Job)} is no job id: {NameRule.JobIdExpectation}");
            else if (!seen.Add(dependency.Job))
                faults.Add($"{path}/job", $"{Quoted.Of(dependency.Job)} is listed twice");
            if (!Enum.IsDefined(dependency.Condition))
                faults.Add($"{path}/condition", $"{dependency.Condition} is no condition: expected SUCCESS or COMPLETE");
        }
    }

    /// <summary>Where instance waits for instance, both tasks have as many.</summary>
    private static void CheckCounts(FaultList faults, ImmutableArray<Item<JobTaskSpec>> tasks)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (_, task) in tasks)
        {
            if (task.Name is { } name)
                counts.TryAdd(name, task.Count);
        }

        foreach (var (path, task) in tasks)
        {
            foreach (var (entry, name) in Items.Of($"{path}/dependsOnEach", task.DependsOnEach, SpecLimits.DependenciesPerTask))
            {
                if (counts.TryGetValue(name, out var count) && count != task.Count)
                    faults.Add(entry, $"{Quoted.Of(name)} has {count} instances, but this task {task.Count}: expected as many, since each waits for the one with its index");
            }
        }
    }

    private static void CheckDependencies(FaultList faults, ImmutableArray<Item<JobTaskSpec>> tasks)
    {
        var dependencies = tasks.Sum(task => Length(task.Value.DependsOn) + Length(task.Value.DependsOnEach));
        if (dependencies > SpecLimits.DependenciesPerJob)
            faults.Add("/tasks", $"the tasks have {dependencies} dependencies in all: expected at most {SpecLimits.DependenciesPerJob}");
    }

    private static long Length(ImmutableArray<string> names) => names.IsDefault ? 0 : names.Length;

    private static void CheckInstances(FaultList faults, ImmutableArray<Item<JobTaskSpec>> tasks)
    {
        var instances = tasks.Sum(task => Math.Max(0L, task.Value.Count));
        if (instances > SpecLimits.InstancesPerJob)
            faults.Add("/tasks", $"the counts of all tasks add up to {instances}: expected at most {SpecLimits.InstancesPerJob}");
    }
}
