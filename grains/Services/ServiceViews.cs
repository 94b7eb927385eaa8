using System.Collections.Immutable;

namespace OrleansCluster.Grains.Services;

/// <summary>What others get to see of a stored service and of what is known of its tasks.</summary>
internal static class ServiceViews
{
    public static ServiceView ToView(this ServiceRecord record, IReadOnlyDictionary<int, ServiceTask> tasks, IReadOnlySet<int> leaving, ImmutableArray<string> nodes, ImmutableArray<ServiceMove> suggested, DateTimeOffset now, long version)
    {
        var sight = new ServiceSight(record.Spec, tasks, leaving, now);
        var wanted = record.Instances.Where(instance => instance.Stopping is null).ToList();
        return new ServiceView
        {
            Spec = record.Spec,
            Status = record.IsDeleted ? ServiceStatus.Draining : ServiceStatus.Active,
            Desired = ServiceLimits.Of(record, nodes).Desired,
            Pending = wanted.Count(instance => StateOf(instance, sight) < TaskState.Running),
            Running = record.Instances.Count(instance => StateOf(instance, sight) == TaskState.Running),
            Healthy = wanted.Count(sight.IsHealthy),
            Deployments = [.. record.Deployments.Select(deployment => ToView(deployment, record, ServiceLimits.Of(record, nodes), sight))],
            Tasks = [.. record.Instances.OrderBy(instance => (instance.Slot, instance.Number)).Select(instance => ToView(instance, record, sight))],
            Events = record.Events,
            CreatedAt = record.CreatedAt,
            Version = version,
            SuggestedMoves = suggested,
        };
    }

    private static DeploymentView ToView(DeploymentRecord deployment, ServiceRecord record, ServiceLimits limits, ServiceSight sight)
    {
        var configuration = record.Spec.DeploymentConfiguration;
        var isPrimary = deployment.Number == record.Primary.Number;
        var own = record.Instances.Where(instance => isPrimary && instance.Stopping is null && instance.Revision == deployment.Revision).ToList();
        return new DeploymentView
        {
            Number = deployment.Number,
            Revision = deployment.Revision,
            Definition = deployment.Definition,
            Status = deployment.Status,
            Stage = deployment.Stage,
            Reason = deployment.Reason,
            RollbackOf = deployment.RollbackOf,
            Tasks = own.Count,
            Healthy = own.Count(sight.IsHealthy),
            Failures = deployment.Failures,
            FailuresCounted = CircuitBreaker.CountedOf(configuration.CircuitBreaker, deployment),
            FailureThreshold = configuration.CircuitBreaker.Enable ? CircuitBreaker.ThresholdOf(configuration.CircuitBreaker, limits) : null,
            CreatedAt = deployment.CreatedAt,
            EndedAt = deployment.EndedAt,
            Hooks = isPrimary ? [.. record.Hooks.Where(run => run.Deployment == deployment.Number).Select(ToView)] : [],
        };
    }

    private static HookView ToView(HookRun run) => new() { Name = run.Name, Stage = run.Stage, Status = run.Status, JobId = run.JobId, Since = run.Since, Until = run.Until, Reason = run.Reason };

    private static ServiceTaskView ToView(ServiceInstance instance, ServiceRecord record, ServiceSight sight)
    {
        var task = sight.Find(instance);
        return new ServiceTaskView
        {
            Id = TaskId.OfService(record.Spec.Name, instance.Slot, instance.Number),
            Slot = instance.Slot,
            Revision = instance.Revision,
            State = StateOf(instance, sight),
            DesiredStatus = instance.Stopping is null ? DesiredStatus.Running : DesiredStatus.Stopped,
            Node = task?.Node,
            IsHealthy = sight.IsHealthy(instance),
            Failures = task?.Failures ?? 0,
            StartedAt = task?.StartedAt,
            MovedFrom = record.Instances.FirstOrDefault(other => other.Number == instance.MovedFrom) is { } from ? TaskId.OfService(record.Spec.Name, from.Slot, from.Number) : null,
            ProtectedUntil = sight.IsProtected(instance) ? instance.ProtectedUntil : null,
        };
    }

    private static TaskState StateOf(ServiceInstance instance, ServiceSight sight) => sight.Find(instance)?.State ?? TaskState.Provisioning;
}
