using System.Collections.Immutable;

namespace OrleansCluster.Grains.Tasks.Jobs;

/// <summary>What is stored of a job. How far its tasks are is stored with them.</summary>
internal sealed record JobRecord
{
    public required string Id { get; init; }
    public required JobSpec Spec { get; init; }

    /// <summary>What each task of the specification runs, in its order.</summary>
    public required ImmutableArray<ResolvedTask> Tasks { get; init; }
    public required JobStatus Status { get; init; }
    public string? Reason { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>When what it waited for had come; <see langword="null"/> until then, and for a job that waits for nothing.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>What its tasks are stopped with, where that is not a user's wish; it has failed then.</summary>
    public StopCode? StopCode { get; init; }

    /// <summary>The traceparent of its submission; <see langword="null"/> where that was not sampled, as in records written before there were traces.</summary>
    public string? TraceParent { get; init; }

    /// <summary>Counts at the end, so that an ended job can be shown without its tasks.</summary>
    public ImmutableArray<JobTaskView> Final { get; init; } = [];

    /// <summary>Where its first tasks are to be; empty for a job that was submitted without a plan.</summary>
    public ImmutableArray<JobPlacement> Plan { get; init; } = [];
    public JobPlanStatus PlanStatus { get; init; }

    /// <summary>Why the plan did not hold.</summary>
    public ImmutableArray<Fault> PlanFaults { get; init; } = [];

    /// <summary>Everything that an instance of one of its tasks needs to know of it.</summary>
    /// <param name="task">The task's index in the specification.</param>
    public TaskStart ToStart(int task, int index)
    {
        var (resolved, spec) = (Tasks[task], Spec.Tasks[task]);
        return new TaskStart
        {
            JobId = Id,
            Name = resolved.Name,
            Index = index,
            Count = spec.Count,
            Team = Spec.Team,
            Priority = Spec.Priority,
            Definition = resolved.Definition,
            Resources = resolved.Resources,
            Ports = resolved.Ports,
            Extras = resolved.Extras,
            Checkpoint = resolved.Checkpoint,
            Essential = resolved.Essential,
            TraceParent = TraceParent,
            Group = spec.Group ?? GroupOfOverridden(spec),
            PlacementConstraints = spec.PlacementConstraints,
            PlacementStrategy = spec.PlacementStrategy,
            Rules = TaskRules.Of(spec),
            Gang = spec.Gang,
        };
    }

    /// <summary>With overrides it runs a definition of its own, and stays in the group of the one that it names.</summary>
    private static string? GroupOfOverridden(JobTaskSpec spec) => spec is { Definition: { } definition, Overrides.IsDefaultOrEmpty: false } ? TaskGroup.OfDefinition(definition) : null;
}
