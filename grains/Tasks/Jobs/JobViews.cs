using System.Collections.Immutable;

namespace OrleansCluster.Grains.Tasks.Jobs;

/// <summary>What others get to see of a stored job.</summary>
internal static class JobViews
{
    public static bool HasEnded(this JobRecord job) => job.Status is JobStatus.Succeeded or JobStatus.Failed or JobStatus.Stopped;

    /// <summary>When its first tasks could start; <see langword="null"/> while it waits for its moment or for other jobs.</summary>
    public static DateTimeOffset? BeganAt(this JobRecord job) => job.StartedAt ?? (job.Waits() ? null : job.CreatedAt);

    /// <summary>It had to wait for something before its first tasks.</summary>
    public static bool Waits(this JobRecord job) => job.Spec.StartAt is not null || !job.Spec.DependsOn.IsEmpty;

    public static JobView ToView(this JobRecord job, ImmutableArray<JobTaskView> tasks, long version) => new()
    {
        Id = job.Id,
        Name = job.Spec.Name,
        Team = job.Spec.Team,
        Priority = job.Spec.Priority,
        Status = job.Status,
        Reason = job.Reason,
        CreatedAt = job.CreatedAt,
        EndedAt = job.EndedAt,
        Tasks = tasks,
        Version = version,
        StartAt = job.Spec.StartAt,
        Timeout = job.Spec.Timeout,
        DependsOn = job.Spec.DependsOn,
        StartedAt = job.BeganAt(),
    };
}
