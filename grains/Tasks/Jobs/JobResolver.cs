using System.Collections.Immutable;
using OrleansCluster.Grains.Tasks.Validation;

namespace OrleansCluster.Grains.Tasks.Jobs;

/// <summary>
/// Fixes every task of a job to one revision of a definition. References are looked up first and all their faults told; only when there are none
/// are inline definitions registered, so that a refused job leaves nothing behind.
/// </summary>
internal sealed class JobResolver(IGrainFactory grains)
{
    /// <summary>
    /// One entry a task: the definition it refers to, or the fault that there is none. Neither for an inline one, and for what is no name:
    /// validation tells of that.
    /// </summary>
    public async Task<ImmutableArray<(TaskDefinition? Definition, string? Fault)>> LookUp(JobSpec spec) =>
        spec.Tasks.IsDefault || spec.Tasks.Length > SpecLimits.TasksPerJob ? [] : [.. await Task.WhenAll(spec.Tasks.Select(LookUp))];

    public static IEnumerable<Fault> FaultsOf(ImmutableArray<(TaskDefinition? Definition, string? Fault)> references) =>
        references.Select((r, i) => r.Fault is null ? null : new Fault($"/tasks/{i}/definition", r.Fault)).OfType<Fault>();

    /// <summary>From a specification and references without faults.</summary>
    public async Task<(ImmutableArray<ResolvedTask> Tasks, ImmutableArray<Fault> Faults)> Resolve(
        JobSpec spec, ImmutableArray<(TaskDefinition? Definition, string? Fault)> references)
    {
        var tasks = ImmutableArray.CreateBuilder<ResolvedTask>(spec.Tasks.Length);
        for (var i = 0; i < spec.Tasks.Length; i++)
        {
            var task = spec.Tasks[i];
            Answer<TaskDefinition> definition = references[i].Definition is { } known ? known : await Register(spec.Name, task);
            if (!definition.IsAccepted)
                return ([], Below($"/tasks/{i}", definition.Refusal));
            tasks.Add(ResolvedTask.Of(task.Name, definition.Value));
        }

        return (tasks.MoveToImmutable(), []);
    }

    /// <summary>The same without registering anything: what inline definitions will be called is not known, only what they need.</summary>
    public static ImmutableArray<ResolvedTask> Unregistered(JobSpec spec, ImmutableArray<(TaskDefinition? Definition, string? Fault)> references) =>
        [.. spec.Tasks.Select((task, i) => ResolvedTask.Of(task.Name, references[i].Definition ?? Inline(spec.Name, task)))];

    private static TaskDefinition Inline(string job, JobTaskSpec task) => new()
    {
        Family = FamilyOf(job, task),
        Revision = 0,
        RegisteredAt = default,
        Containers = task.Containers,
        Volumes = task.Volumes,
        Network = task.Network,
        Checkpoint = task.Checkpoint,
    };

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

    private Task<Answer<TaskDefinition>> Register(string job, JobTaskSpec task)
    {
        var family = FamilyOf(job, task);
        var definition = new TaskDefinitionSpec
        {
            Family = family,
            Containers = task.Containers,
            Volumes = task.Volumes,
            Network = task.Network,
            Checkpoint = task.Checkpoint,
        };
        return Family(family).Register(definition);
    }

    private ITaskDefinitionGrain Family(string family) => grains.GetGrain<ITaskDefinitionGrain>(GrainKeys.TaskDefinition(family));

    private static ImmutableArray<Fault> Below(string path, Refusal refusal) =>
        refusal.Faults.IsEmpty ? [new Fault(path, refusal.Title)] : [.. refusal.Faults.Select(f => f with { Path = path + f.Path })];
}
