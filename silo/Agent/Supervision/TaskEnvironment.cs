using System.Collections.Immutable;
using System.Globalization;

namespace OrleansCluster.Silo.Agent.Supervision;

/// <summary>What a container is told about itself, on top of its own environment; the names with <c>OCS_</c> below are the cluster's.</summary>
internal static class TaskEnvironment
{
    public static ImmutableSortedDictionary<string, string> Of(string cluster, Claim claim, ContainerSpec container)
    {
        var task = claim.TaskId.Split('.', 3);
        var attempt = claim.Attempt.ToString(CultureInfo.InvariantCulture);
        return container.Environment.SetItems(new Dictionary<string, string>
        {
            ["OCS_CLUSTER"] = cluster,
            ["OCS_NODE"] = claim.Node,
            ["OCS_JOB_ID"] = task[0],
            ["OCS_TASK_ID"] = claim.TaskId,
            ["OCS_TASK_NAME"] = task.ElementAtOrDefault(1) ?? "",
            ["OCS_TASK_INDEX"] = task.ElementAtOrDefault(2) ?? "",
            ["OCS_ATTEMPT"] = attempt,
            ["OCS_EPOCH"] = attempt,
            ["OCS_CONTAINER"] = container.Name,
        });
    }
}
