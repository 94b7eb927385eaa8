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
        var record = new ServiceRecord { Spec = spec, CreatedAt = now, Issued = issued, Revisions = [new ServiceRevision(1, spec, task)] };
        return DeploymentProgress.Begin(record, 1, rollbackOf: null, now);
    }

    /// <summary>What changes its tasks is a new revision, and begins a deployment.</summary>
    public static ServiceRecord Update(ServiceRecord record, ServiceSpec spec, ResolvedTask task, DateTimeOffset now)
    {
        var newest = record.Revision(record.Primary.Revision);
        var scaled = Scaled(record, spec, now);
        if (newest.Task.Definition == task.Definition && IsAlike(newest.Spec, spec))
            return scaled;
        var number = record.Revisions.Max(revision => revision.Number) + 1;
        return DeploymentProgress.Begin(scaled with { Revisions = scaled.Revisions.Add(new ServiceRevision(number, spec, task)) }, number, rollbackOf: null, now);
    }

    public static ServiceRecord Scaled(ServiceRecord record, ServiceSpec spec, DateTimeOffset now)
    {
        var next = record with { Spec = spec };
        return spec.DesiredCount == record.Spec.DesiredCount ? next : next.Tell(now, $"The desired count is {spec.DesiredCount}, and was {record.Spec.DesiredCount}.");
    }

    /// <summary>The revision that a roll-back by hand deploys; <see langword="null"/> where there is none to go back to.</summary>
    public static int? RevisionBefore(ServiceRecord record)
    {
        var before = record.Primary.Revision == record.Completed ? record.CompletedBefore : record.Completed;
        return before > 0 ? before : null;
    }

    /// <summary>The specification that goes with a revision, with the counts and percentages as they are now.</summary>
    public static ServiceRecord Rollback(ServiceRecord record, int revision, DateTimeOffset now)
    {
        var spec = record.Revision(revision).Spec with { DesiredCount = record.Spec.DesiredCount, DeploymentConfiguration = record.Spec.DeploymentConfiguration, DeregistrationDelay = record.Spec.DeregistrationDelay, Rebalancing = record.Spec.Rebalancing };
        return DeploymentProgress.Begin(record with { Spec = spec }, revision, record.Primary.Number, now);
    }

    private static bool IsAlike(ServiceSpec one, ServiceSpec other) => StoreJson.ContentOf(Template(one)) == StoreJson.ContentOf(Template(other));

    /// <summary>What its tasks are made of.</summary>
    private static ServiceSpec Template(ServiceSpec spec) => spec with { DesiredCount = 0, DeploymentConfiguration = new(), DeregistrationDelay = null, Rebalancing = new(), Definition = null, Containers = [], Volumes = [], Network = default };
}
