using System.Collections.Immutable;
using OrleansCluster.Grains.Tasks.Definitions;
using OrleansCluster.Grains.Tasks.Validation;

namespace OrleansCluster.Grains.Tasks.Jobs;

/// <summary>
/// Fixes every task of a job to one revision of a definition. References are looked up first and all their faults told; only when there are none
/// are inline definitions and those with overrides registered, so that a refused job leaves nothing behind.
/// </summary>
internal sealed class JobResolver(IGrainFactory grains)
{
    /// <summary>They share the store's writes; one after another they would make the submission of a thousand named tasks wait for as many.</summary>
    private const int RegisteredAtOnce = 256;

    /// <summary>
    /// One entry a task: the definition it refers to, or the fault that there is none. Neither for an inline one, and for what is no name:
    /// validation tells of that.
    /// </summary>
    public async Task<ImmutableArray<(TaskDefinition? Definition, string? Fault)>> LookUp(JobSpec spec) =>
        spec.Tasks.IsDefault || spec.Tasks.Length > SpecLimits.TasksPerJob ? [] : [.. await Task.WhenAll(spec.Tasks.Select(LookUp))];

    public static IEnumerable<Fault> FaultsOf(JobSpec spec, ImmutableArray<(TaskDefinition? Definition, string? Fault)> references) =>
        references.SelectMany((reference, i) => FaultsOf(spec.Tasks[i], $"/tasks/{i}", reference.Definition, reference.Fault));

    /// <summary>From a specification and references without faults.</summary>
    public async Task<(ImmutableArray<ResolvedTask> Tasks, ImmutableArray<Fault> Faults)> Resolve(
        JobSpec spec, ImmutableArray<(TaskDefinition? Definition, string? Fault)> references)
    {
        var tasks = ImmutableArray.CreateBuilder<ResolvedTask>(spec.Tasks.Length);
        var faults = new List<Fault>();
        foreach (var some in Enumerable.Range(0, spec.Tasks.Length).Chunk(RegisteredAtOnce))
        {
            var definitions = await Task.WhenAll(some.Select(i => Resolve(spec.Name, spec.Tasks[i], references[i].Definition)));
            foreach (var (i, definition) in some.Zip(definitions))
            {
                if (definition.IsAccepted)
                    tasks.Add(ResolvedTask.Of(spec.Tasks[i].Name, definition.Value));
                else
                    faults.AddRange(Below($"/tasks/{i}", definition.Refusal));
            }

            if (faults.Count > 0)
                return ([], [.. faults]);
        }

        return (tasks.MoveToImmutable(), []);
    }

    /// <summary>The same without registering anything: what inline definitions will be called is not known, only what they need.</summary>
    public static ImmutableArray<ResolvedTask> Unregistered(JobSpec spec, ImmutableArray<(TaskDefinition? Definition, string? Fault)> references) =>
        [.. spec.Tasks.Select((task, i) => ResolvedTask.Of(task.Name, Unregistered(spec.Name, task, references[i].Definition)))];

    private static TaskDefinition Unregistered(string job, JobTaskSpec task, TaskDefinition? reference)
    {
        if (reference is not null && !IsOwn(task))
            return reference;
        return TaskDefinitions.ToRevision(OwnOf(job, task, reference), revision: 0, registeredAt: default);
    }

    private static IEnumerable<Fault> FaultsOf(JobTaskSpec task, string path, TaskDefinition? definition, string? fault)
    {
        if (fault is not null)
            return [new Fault($"{path}/definition", fault)];
        return definition is not null && IsOwn(task) ? OverrideRules.FaultsWith(definition, path, task.Overrides) : [];
    }

    /// <summary>Whether the task has a definition of its own, beside what it refers to.</summary>
    private static bool IsOwn(JobTaskSpec task) => task.Definition is null || !task.Overrides.IsDefaultOrEmpty;

    /// <summary>The definition of its own: its containers, or those that it refers to with its overrides.</summary>
    private static TaskDefinitionSpec OwnOf(string job, JobTaskSpec task, TaskDefinition? reference) => reference is null
        ? new TaskDefinitionSpec
        {
            Family = FamilyOf(job, task),
            Containers = task.Containers,
            Volumes = task.Volumes,
            Network = task.Network,
            Checkpoint = task.Checkpoint,
            OnDisconnect = task.OnDisconnect,
        }
        : TaskDefinitions.ToSpec(reference) with { Family = FamilyOf(job, task), Containers = ContainerOverrides.Apply(reference, task.Overrides) };

    private static string FamilyOf(string job, JobTaskSpec task) => $"{job}-{task.Name}";

    private async Task<(TaskDefinition? Definition, string? Fault)> LookUp(JobTaskSpec? task)
    {
        if (!DefinitionName.TryParse(task?.Definition, out var name))
            return (null, null);
        var definition = await Family(name.Family).Get(name.Revision);
        return definition is not null
            ? (definition, null)
            : (null, name.Revision is null ? $"there is no task definition of family {name.Family}" : $"family {name.Family} has no revision {name.Revision}");
    }

    private async Task<Answer<TaskDefinition>> Resolve(string job, JobTaskSpec task, TaskDefinition? reference)
    {
        if (reference is not null && !IsOwn(task))
            return reference;
        var own = OwnOf(job, task, reference);
        return await Family(own.Family).Register(own);
    }

    private ITaskDefinitionGrain Family(string family) => grains.GetGrain<ITaskDefinitionGrain>(GrainKeys.TaskDefinition(family));

    private static ImmutableArray<Fault> Below(string path, Refusal refusal) =>
        refusal.Faults.IsEmpty ? [new Fault(path, refusal.Title)] : [.. refusal.Faults.Select(f => f with { Path = path + f.Path })];
}
