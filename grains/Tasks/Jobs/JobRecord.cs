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

    /// <summary>The traceparent of its submission; <see langword="null"/> where that was not sampled, as in records written before there were traces.</summary>
    public string? TraceParent { get; init; }

    /// <summary>Counts at the end, so that an ended job can be shown without its tasks.</summary>
    public ImmutableArray<JobTaskView> Final { get; init; } = [];
}
