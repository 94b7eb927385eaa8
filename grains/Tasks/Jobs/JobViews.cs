using System.Collections.Immutable;

namespace OrleansCluster.Grains.Tasks.Jobs;

/// <summary>What others get to see of a stored job.</summary>
internal static class JobViews
{
    public static bool HasEnded(this JobRecord job) => job.Status is JobStatus.Succeeded or JobStatus.Failed or JobStatus.Stopped;

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
    };
}
