using System.Collections.Immutable;

namespace OrleansCluster;

/// <summary>A job as the API shows it.</summary>
[GenerateSerializer, Immutable, Alias("ocs.JobView")]
public sealed record JobView
{
    [Id(0)] public required string Id { get; init; }
    [Id(1)] public required string Name { get; init; }
    [Id(2)] public required string Team { get; init; }
    [Id(3)] public required int Priority { get; init; }
    [Id(4)] public required JobStatus Status { get; init; }
    [Id(5)] public string? Reason { get; init; }
    [Id(6)] public required DateTimeOffset CreatedAt { get; init; }
    [Id(7)] public DateTimeOffset? EndedAt { get; init; }
    [Id(8)] public required ImmutableArray<JobTaskView> Tasks { get; init; }

    /// <summary>Changes whenever anything else here does: the token for a long poll. Only equality means anything.</summary>
    [Id(9)] public required long Version { get; init; }

    /// <summary>Not before this moment; <see langword="null"/> for at once.</summary>
    [Id(10)] public DateTimeOffset? StartAt { get; init; }

    /// <summary>Seconds that it may take from its start.</summary>
    [Id(11)] public int? Timeout { get; init; }

    /// <summary>The jobs that it waits for, or has waited for.</summary>
    [Id(12)] public ImmutableArray<JobDependency> DependsOn { get; init; } = [];

    /// <summary>When its first tasks could start; <see langword="null"/> while it waits for its moment or for other jobs.</summary>
    [Id(13)] public DateTimeOffset? StartedAt { get; init; }

    public bool HasEnded => Status is JobStatus.Succeeded or JobStatus.Failed or JobStatus.Stopped;
}
