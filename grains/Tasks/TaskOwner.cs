using OrleansCluster.Grains.Frameworks;
using OrleansCluster.Grains.Storage;
using OrleansCluster.Grains.Tasks.Jobs;

namespace OrleansCluster.Grains.Tasks;

/// <summary>Whose a task is: a job's, a service's or a framework's.</summary>
public static class TaskOwner
{
    /// <summary>As lists of tasks are asked for them: names of services are not ids of jobs.</summary>
    internal static string ParentOf(TaskStart start) => start switch
    {
        { IsOfService: true } => ParentOfService(start.JobId),
        { OfFramework: not null } => ParentOfFramework(start.JobId),
        _ => start.JobId,
    };

    /// <summary>A framework need not know any more of those the end of which it has acknowledged.</summary>
    internal static string ParentOf(TaskRecord task) =>
        task is { Start.OfFramework: not null, Acknowledged: TaskState.Stopped } ? $"framework-over/{task.Start.JobId}" : ParentOf(task.Start);

    public static string ParentOfService(string service) => $"service/{service}";

    public static string ParentOfFramework(string framework) => $"framework/{framework}";

    /// <summary>
    /// Asked after a start is stored: a job that has ended starts nothing more, nor does a framework that is being removed; either has looked for what it has to stop since that was written, or is seen here. A
    /// service keeps each number in its record until it is stored as stopped, so nothing is started there that it does not know of.
    /// </summary>
    internal static async Task<bool> MayStart(ITransactionalStore store, string cluster, TaskStart start)
    {
        if (start.IsOfService)
            return true;
        if (start.OfFramework is not null)
            return await store.ReadStateIndex(FrameworkGrainState.Name, GrainKeys.Framework(cluster, start.JobId), CancellationToken.None) is { } framework && FrameworkGrainState.MayStart(framework);
        return await store.ReadStateIndex(JobGrainState.Name, GrainKeys.Job(cluster, start.JobId), CancellationToken.None) is not { } job || JobGrainState.IsRunning(job);
    }

    /// <summary>What is told of a task that was stored after that.</summary>
    internal static string NoMore(TaskStart start) => start.OfFramework is null ? $"Job {start.JobId} starts no more tasks." : $"Framework {start.JobId} was removed.";

    /// <summary>May get lost.</summary>
    internal static void Tell(IGrainFactory grains, string cluster, TaskView task)
    {
        if (task.OfFramework is not null)
            _ = grains.GetGrain<IFrameworkGrain>(GrainKeys.Framework(cluster, task.JobId)).TaskChanged(task);
        else if (task.IsOfService)
            _ = grains.GetGrain<IServiceGrain>(GrainKeys.Service(cluster, task.JobId)).TaskChanged(task);
        else
            _ = grains.GetGrain<IJobGrain>(GrainKeys.Job(cluster, task.JobId)).TaskChanged(task.ToReport());
    }
}
