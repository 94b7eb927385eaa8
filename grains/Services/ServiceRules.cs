using OrleansCluster.Grains.Services.Autoscaling;
using OrleansCluster.Grains.Storage;
using OrleansCluster.Grains.Tasks.Jobs;

namespace OrleansCluster.Grains.Services;

/// <summary>What users' wishes make of a service's record: pure.</summary>
internal static class ServiceRules
{
    /// <summary>A service that was not there before.</summary>
    /// <param name="issued">The number of the newest task of one of its name that was deleted.</param>
    public static ServiceRecord Create(ServiceSpec spec, ResolvedTask task, int issued, DateTimeOffset now)
    {
        spec = Bounded(spec, spec.DesiredCount, now);
        var record = new ServiceRecord { Spec = spec, CreatedAt = now, Issued = issued, Revisions = [new ServiceRevision(1, spec, task)] };
        return DeploymentProgress.Begin(record, 1, rollbackOf: null, now);
    }

    /// <summary>What changes its tasks is a new revision, and begins a deployment.</summary>
    public static ServiceRecord Update(ServiceRecord record, ServiceSpec spec, ResolvedTask task, DateTimeOffset now)
    {
        spec = Bounded(spec, record.Spec.DesiredCount, now);
        var newest = record.Revision(record.Primary.Revision);
        var scaled = Scaled(record, spec, now);
        if (newest.Task.Definition == task.Definition && IsAlike(newest.Spec, spec) && !BeginsAnew(record.Primary, newest.Spec, spec))
            return scaled;
        var number = record.Revisions.Max(revision => revision.Number) + 1;
        return DeploymentProgress.Begin(scaled with { Revisions = scaled.Revisions.Add(new ServiceRevision(number, spec, task)) }, number, rollbackOf: null, now);
    }

    /// <param name="reason">With its figures; <see langword="null"/> where somebody has asked for it.</param>
    public static ServiceRecord Scaled(ServiceRecord record, ServiceSpec spec, DateTimeOffset now, string? reason = null)
    {
        var next = record with { Spec = spec };
        if (spec.DesiredCount == record.Spec.DesiredCount)
            return next;
        if (spec.Autoscaling is not null)
            next = next with { Scaling = ScaledAt(record, spec.DesiredCount, now, reason ?? "it was asked for") };
        return next.Tell(now, $"The desired count is {spec.DesiredCount}, and was {record.Spec.DesiredCount}{(reason is null ? "" : $": {reason}")}.");
    }

    /// <summary>A service that is scaled by its metrics keeps the count that it has come to, so far as its bounds allow.</summary>
    public static ServiceSpec Bounded(ServiceSpec spec, int count, DateTimeOffset now) =>
        spec.Autoscaling is { } scaling ? spec with { DesiredCount = ScalingBounds.Of(scaling, now).Clamp(count) } : spec;

    private static ScalingRecord ScaledAt(ServiceRecord record, int count, DateTimeOffset now, string reason)
    {
        var last = (record.Scaling ?? new ScalingRecord()) with { Reason = reason };
        return count > record.Spec.DesiredCount ? last with { LastOut = now } : last with { LastIn = now };
    }

    /// <summary>The revision that a roll-back by hand deploys; <see langword="null"/> where there is none to go back to.</summary>
    public static int? RevisionBefore(ServiceRecord record)
    {
        var before = record.Primary.Revision == record.Completed ? record.CompletedBefore : record.Completed;
        return before > 0 ? before : null;
    }

    /// <summary>Why the deployment that is under way cannot be stopped so; <see langword="null"/> where it can.</summary>
    public static string? ReasonNotToStop(ServiceRecord record, bool rollback) => record.Primary switch
    {
        { IsUnderWay: false } primary => $"Service {record.Spec.Name} has no deployment under way: deployment {primary.Number} is {primary.StatusWord}.",
        { RollbackOf: { } other } primary when rollback => $"Deployment {primary.Number} is itself the roll-back of deployment {other}; it can only be stopped without another one.",
        { } primary when rollback && record.Completed == 0 => $"Deployment {primary.Number} is the first of service {record.Spec.Name}, so there is nothing to go back to; it can only be stopped without a roll-back.",
        _ => null,
    };

    /// <summary>Where it has requests already, with blue/green, its revision is what the service has from now on.</summary>
    public static ServiceRecord StopDeployment(ServiceRecord record, bool rollback, DateTimeOffset now)
    {
        var primary = record.Primary;
        var hasShifted = primary.Strategy == DeploymentStrategy.BlueGreen && DeploymentProgress.Serves(record, primary.Revision);
        var next = record.With(primary.End(DeploymentStatus.Stopped, "It was stopped by hand.", now)).Tell(now, $"Deployment {primary.Number} was stopped by hand.");
        if (rollback)
            return Rollback(next, record.Completed, now);
        return hasShifted ? DeploymentProgress.WithCompleted(next, primary.Revision) : next;
    }

    /// <summary>The specification that goes with a revision, with the counts and percentages as they are now.</summary>
    public static ServiceRecord Rollback(ServiceRecord record, int revision, DateTimeOffset now)
    {
        var spec = record.Revision(revision).Spec with { DesiredCount = record.Spec.DesiredCount, DeploymentConfiguration = record.Spec.DeploymentConfiguration, DeregistrationDelay = record.Spec.DeregistrationDelay, Autoscaling = record.Spec.Autoscaling, Rebalancing = record.Spec.Rebalancing };
        return DeploymentProgress.Begin(record with { Spec = spec }, revision, record.Primary.Number, now);
    }

    /// <summary>What somebody has stopped goes on when it is put again, and so does what has failed when its hooks are others: they may have been what was wrong.</summary>
    private static bool BeginsAnew(DeploymentRecord primary, ServiceSpec newest, ServiceSpec spec) => primary.Status == DeploymentStatus.Stopped
        || (primary.IsGivenUp && StoreJson.ContentOf(newest.DeploymentConfiguration.Hooks) != StoreJson.ContentOf(spec.DeploymentConfiguration.Hooks));

    private static bool IsAlike(ServiceSpec one, ServiceSpec other) => StoreJson.ContentOf(Template(one)) == StoreJson.ContentOf(Template(other));

    /// <summary>What its tasks are made of.</summary>
    private static ServiceSpec Template(ServiceSpec spec) => spec with { DesiredCount = 0, DeploymentConfiguration = new(), DeregistrationDelay = null, Autoscaling = null, Rebalancing = new(), Definition = null, Containers = [], Volumes = [], Network = default };
}
