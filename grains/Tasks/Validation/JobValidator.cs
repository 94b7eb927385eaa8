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
        faults.CheckName("/team", spec.Team);
        faults.CheckRange("/priority", spec.Priority, 0, SpecLimits.LargestPriority);
        var tasks = faults.Items("/tasks", spec.Tasks, SpecLimits.TasksPerJob);
        if (tasks.IsEmpty && !faults.Has("/tasks"))
            faults.Add("/tasks", "expected at least one task, found none");

        foreach (var (path, task) in tasks)
            CheckTask(faults, path, task);
        CheckInstances(faults, tasks);
        faults.CheckUnique(tasks, "/name", "task", task => task.Name);
        DependencyRules.Check(faults, [.. tasks.Select(task => new DependencyNode(task.Value.Name, NamedDependencies(task)))], "task of this job");
        return faults.ToImmutable();
    }

    /// <summary>The fault of a job's id, where it has one: ids of tasks and keys of grains are made of it.</summary>
    public static ImmutableArray<Fault> ValidateId(string id) =>
        NameRule.IsJobId(id) ? [] : [new Fault("", $"{Quoted.Of(id)} is no job id: {NameRule.JobIdExpectation}")];

    private static ImmutableArray<NamedDependency> NamedDependencies(Item<JobTaskSpec> task) =>
        [.. Items.Of($"{task.Path}/dependsOn", task.Value.DependsOn, SpecLimits.DependenciesPerTask).Select(item => new NamedDependency(item.Path, item.Value))];

    private static void CheckTask(FaultList faults, string path, JobTaskSpec task)
    {
        faults.CheckName($"{path}/name", task.Name);
        faults.CheckRange($"{path}/count", task.Count, 1, SpecLimits.InstancesPerTask);
        faults.Items($"{path}/dependsOn", task.DependsOn, SpecLimits.DependenciesPerTask);
        PlacementRuleChecks.Check(faults, path, task);
        if (task.Definition is null)
        {
            ContainerGroupRules.Check(faults, path, task.Containers, task.Volumes, task.Network, task.Checkpoint);
            return;
        }

        if (!DefinitionName.TryParse(task.Definition, out _))
            faults.Add($"{path}/definition", $"{Quoted.Of(task.Definition)} names no task definition: expected family or family:revision, such as web or web:3");
        CheckAlone(faults, path, task);
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
    }

    private static void CheckInstances(FaultList faults, ImmutableArray<Item<JobTaskSpec>> tasks)
    {
        var instances = tasks.Sum(task => Math.Max(0L, task.Value.Count));
        if (instances > SpecLimits.InstancesPerJob)
            faults.Add("/tasks", $"the counts of all tasks add up to {instances}: expected at most {SpecLimits.InstancesPerJob}");
    }
}
