using OrleansCluster.Silo.Api.Input;

namespace OrleansCluster.Silo.Api.Endpoints;

internal static class TaskLookup
{
    public static async Task<TaskView?> Find(IGrainFactory grains, string cluster, string id) =>
        ApiNames.IsTask(id) ? await grains.GetGrain<ITaskGrain>(GrainKeys.Task(cluster, id)).Get() : null;

    public static string Missing(string cluster, string id) =>
        $"task {id} in cluster {cluster}: a task's id is JOB.NAME.INDEX, SERVICE.SLOT.NUMBER or FRAMEWORK._NAME.0, and it exists once its job, service or framework has started it";
}
