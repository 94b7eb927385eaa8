using OrleansCluster.Grains.Storage;
using OrleansCluster.Grains.Tasks.Jobs;

namespace OrleansCluster.Grains.Tasks;

/// <summary>Whose a task is: a job's or a service's.</summary>
public static class TaskOwner
{
    /// <summary>As lists of tasks are asked for them: names of services are not ids of jobs.</summary>
    internal static string ParentOf(TaskStart start) => start.IsOfService ? ParentOfService(start.JobId) : start.JobId;

    public static string ParentOfService(string service) => $"service/{service}";

    /// <summary>
    /// Asked after a start is stored: a job that has ended starts nothing more. A service keeps each number in its record until it is stored as stopped, so nothing is started there
    /// that it does not know of.
    /// </summary>
    internal static async Task<bool> MayStart(ITransactionalStore store, string cluster, TaskStart start) =>
        start.IsOfService
        || await store.ReadStateIndex(JobGrainState.Name, GrainKeys.Job(cluster, start.JobId), CancellationToken.None) is not { } job
        || JobGrainState.IsRunning(job);

    /// <summary>May get lost.</summary>
    internal static void Tell(IGrainFactory grains, string cluster, TaskView task)
    {
        if (task.IsOfService)
            _ = grains.GetGrain<IServiceGrain>(GrainKeys.Service(cluster, task.JobId)).TaskChanged(task);
        else
            _ = grains.GetGrain<IJobGrain>(GrainKeys.Job(cluster, task.JobId)).TaskChanged(task.ToReport());
    }
}
