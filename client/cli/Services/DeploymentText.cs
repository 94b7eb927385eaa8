using OrleansCluster.Cli.Output;

namespace OrleansCluster.Cli.Services;

/// <summary>How far a deployment is, in words.</summary>
internal static class DeploymentText
{
    /// <summary><c>deployment 3 SCALE_UP: 2/6 healthy, 1 failure of 3</c>.</summary>
    public static string Of(DeploymentView deployment, ServiceView service) => $"deployment {deployment.Number} {StageOf(deployment)}: {string.Join(", ", Parts(deployment, service))}";

    /// <summary>The stage of one that is under way, and how others have ended.</summary>
    public static string StageOf(DeploymentView deployment) => deployment.Status == DeploymentStatus.InProgress ? Words.Of(deployment.Stage) : Words.Of(deployment.Status);

    public static string Failures(DeploymentView deployment) => (deployment.FailuresCounted, deployment.FailureThreshold) switch
    {
        (var failures, { } threshold) => $"{failures} of {threshold}",
        var (failures, _) => $"{failures}",
    };

    private static IEnumerable<string> Parts(DeploymentView deployment, ServiceView service)
    {
        yield return $"{deployment.Healthy}/{service.Desired} healthy";
        foreach (var hook in deployment.Hooks.Where(hook => hook.Status == HookStatus.Pending))
            yield return hook.JobId is null ? $"waits for approval {hook.Name}: ocs service approve {service.Spec.Name}" : $"waits for hook {hook.Name}, job {hook.JobId}";
        var others = service.Tasks.Count(task => task.Revision != deployment.Revision);
        if (others > 0) yield return others == 1 ? "1 task of other revisions" : $"{others} tasks of other revisions";
        if (deployment.FailuresCounted > 0) yield return $"{(deployment is { FailuresCounted: 1 } ? "1 failure" : $"{deployment.FailuresCounted} failures")}{(deployment.FailureThreshold is { } threshold ? $" of {threshold}" : "")}";
    }
}
