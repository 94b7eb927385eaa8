using System.Collections.Immutable;
using System.Globalization;

namespace OrleansCluster.Silo.Agent.Supervision;

/// <summary>What a container is told about itself, on top of its own environment; the names with <c>OCS_</c> below are the cluster's.</summary>
internal static class TaskEnvironment
{
    public static ImmutableSortedDictionary<string, string> Of(string cluster, Claim claim, ContainerSpec container, ImmutableArray<GpuShare> gpus, TaskCheckpoint? checkpoint)
    {
        var task = claim.TaskId.Split('.', 3);
        var attempt = claim.Attempt.ToString(CultureInfo.InvariantCulture);
        var environment = container.Environment.ToBuilder();
        environment["OCS_CLUSTER"] = cluster;
        environment["OCS_NODE"] = claim.Node;
        environment["OCS_JOB_ID"] = task[0];
        environment["OCS_TASK_ID"] = claim.TaskId;
        environment["OCS_TASK_NAME"] = task.ElementAtOrDefault(1) ?? "";
        environment["OCS_TASK_INDEX"] = task.ElementAtOrDefault(2) ?? "";
        environment["OCS_ATTEMPT"] = attempt;
        environment["OCS_EPOCH"] = attempt;
        environment["OCS_CONTAINER"] = container.Name;
        if (checkpoint is not null)
            environment["OCS_CHECKPOINT"] = checkpoint.Number.ToString(CultureInfo.InvariantCulture);
        if (!gpus.IsEmpty)
            environment["OCS_GPUS"] = string.Join(',', gpus.Select(gpu => gpu.Device));
        if (container.Gpu?.Thousandths is not null && gpus is [{ Thousandths: var share }])
            environment["OCS_GPU_THOUSANDTHS"] = share.ToString(CultureInfo.InvariantCulture);
        return environment.ToImmutable();
    }
}
