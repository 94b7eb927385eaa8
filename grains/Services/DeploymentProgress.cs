namespace OrleansCluster.Grains.Services;

/// <summary>Takes a service's newest deployment as far as its tasks allow: counts failures, goes from stage to stage, ends it, takes it back.</summary>
internal static class DeploymentProgress
{
    public static ServiceRecord Advance(ServiceRecord record, ServiceSight sight, ServiceLimits limits)
    {
        record = CountFailures(record, sight);
        var primary = record.Primary;
        var breaker = record.Spec.DeploymentConfiguration.CircuitBreaker;
        if (CircuitBreaker.HasTripped(breaker, primary, limits))
        {
            var reason = $"{CircuitBreaker.CountedOf(breaker, primary)} failures of its tasks, where {CircuitBreaker.ThresholdOf(breaker, limits)} are too many.";
            record = Fail(record, reason, breaker.Rollback, sight.Now);
        }
        else if (HookProgress.Failed(record) is { } hook)
        {
            record = Fail(record, $"Hook {hook.Name}: {hook.Reason}", breaker.Rollback, sight.Now);
        }

        // Each stage may be over as soon as it begins.
        for (var next = Step(record, sight, limits); !ReferenceEquals(next, record); next = Step(record, sight, limits))
            record = next;
        return record;
    }

    /// <summary>Ends the newest deployment, and begins one of the revision that was last completed, if that is wanted and there is one.</summary>
    public static ServiceRecord Fail(ServiceRecord record, string reason, bool rollback, DateTimeOffset now)
    {
        var primary = record.Primary;
        record = record.With(primary.End(DeploymentStatus.Failed, reason, now)).Tell(now, $"Deployment {primary.Number} has failed: {reason}");
        return rollback && primary.RollbackOf is null && record.Completed > 0 && record.Completed != primary.Revision
            ? Begin(record, record.Completed, primary.Number, now)
            : record;
    }

    /// <summary>A deployment of a revision that the record has.</summary>
    public static ServiceRecord Begin(ServiceRecord record, int revision, int? rollbackOf, DateTimeOffset now)
    {
        var before = record.Deployments.IsEmpty ? null : record.Primary;
        var number = (before?.Number ?? 0) + 1;
        var strategy = rollbackOf is null && record.Completed > 0 ? record.Spec.DeploymentConfiguration.Strategy : DeploymentStrategy.Rolling;
        var deployment = new DeploymentRecord
        {
            Number = number,
            Revision = revision,
            Definition = record.Revision(revision).Task.Definition,
            Strategy = strategy,
            Stage = FirstStage(strategy),
            StageSince = now,
            Status = DeploymentStatus.InProgress,
            RollbackOf = rollbackOf,
            CreatedAt = now,
        };

        // What cleans up has proved itself, and what was complete before is stopping.
        if (before is { IsUnderWay: true, Stage: DeploymentStage.CleanUp })
            record = WithCompleted(record, before.Revision);
        if (before is { IsUnderWay: true })
            record = record.With(before.End(DeploymentStatus.Superseded, $"Deployment {number} has taken its place.", now));
        var what = rollbackOf is null ? $"Deployment {number} of {deployment.Definition} has begun." : $"Deployment {number} takes {deployment.Definition} back, after deployment {rollbackOf}.";
        return HookProgress.Enter((record with { Deployments = [deployment, .. record.Deployments.Take(ServiceRecord.DeploymentsKept)] }).Tell(now, what), DeploymentHookStage.PreScaleUp, deployment.Stage, now);
    }

    private static DeploymentStage FirstStage(DeploymentStrategy strategy) => strategy == DeploymentStrategy.Canary ? DeploymentStage.Canary : DeploymentStage.ScaleUp;

    /// <summary>
    /// Whether the tasks of its revision get requests: with blue/green, those of the new one alone from when all of them are healthy, and until then those of whatever got requests
    /// before, which need not be what was completed last.
    /// </summary>
    public static bool Serves(ServiceRecord record, int revision) => record.Primary switch
    {
        { Strategy: DeploymentStrategy.BlueGreen, IsUnderWay: true, Stage: DeploymentStage.PreScaleUp or DeploymentStage.ScaleUp or DeploymentStage.PostScaleUp } => Keeps(record, revision),
        { Strategy: DeploymentStrategy.BlueGreen, IsGivenUp: true } => revision == record.Completed,
        { Strategy: DeploymentStrategy.BlueGreen, IsUnderWay: true } primary => revision == primary.Revision,
        _ => true,
    };

    /// <summary>With blue/green what got requests before runs on until the new revision has proved itself; what never got any does not.</summary>
    public static bool Keeps(ServiceRecord record, int revision) => revision != record.Primary.Revision && HasServed(record, revision);

    public static bool HasServed(ServiceRecord record, int revision) => revision == record.Completed
        || record.Deployments.Any(deployment => deployment.Revision == revision && (deployment.HasSwitched || deployment.Strategy != DeploymentStrategy.BlueGreen));

    private static ServiceRecord CountFailures(ServiceRecord record, ServiceSight sight)
    {
        var primary = record.Primary;
        var failures = primary.FailuresOfGone + record.Instances.Where(instance => instance.Deployment == primary.Number).Sum(instance => sight.Find(instance)?.Failures ?? 0);
        var instances = record.Instances;
        for (var i = 0; i < instances.Length; i++)
        {
            if (sight.IsHealthy(instances[i]) && sight.Find(instances[i])!.Attempt is var attempt && attempt != instances[i].HealthyAttempt)
            {
                instances = instances.SetItem(i, instances[i] with { HealthyAttempt = attempt });
                if (instances[i].Deployment == primary.Number)
                    primary = primary with { FailuresForgiven = failures };
            }
        }

        if (failures != primary.Failures)
            primary = primary with { Failures = failures };
        if (instances != record.Instances)
            record = record with { Instances = instances };
        return ReferenceEquals(primary, record.Primary) ? record : record.With(primary);
    }

    private static ServiceRecord Step(ServiceRecord record, ServiceSight sight, ServiceLimits limits)
    {
        var primary = record.Primary;
        if (!primary.IsUnderWay)
            return record;
        var bake = TimeSpan.FromSeconds(record.Spec.DeploymentConfiguration.BakeTime);
        var healthy = record.Instances.Where(instance => instance.Revision == primary.Revision && sight.IsHealthy(instance) && !sight.MustMove(instance)).Select(instance => instance.Slot).Distinct().Count();
        var hasBaked = sight.Now >= primary.StageSince + bake;
        var others = record.Instances.Any(instance => instance.Revision != primary.Revision);
        switch (primary.Stage)
        {
            case DeploymentStage.PreScaleUp when HookProgress.HaveSucceeded(record):
                return record.With(primary.To(FirstStage(primary.Strategy), sight.Now));
            case DeploymentStage.Canary when healthy >= CanariesOf(record, limits):
                return record.With(primary.To(DeploymentStage.CanaryBakeTime, sight.Now));
            case DeploymentStage.CanaryBakeTime when healthy < CanariesOf(record, limits):
                return record.With(primary.To(DeploymentStage.Canary, sight.Now));
            case DeploymentStage.CanaryBakeTime when hasBaked:
                return HookProgress.Enter(record, DeploymentHookStage.PostCanary, DeploymentStage.ScaleUp, sight.Now);
            case DeploymentStage.PostCanary when healthy >= CanariesOf(record, limits) && HookProgress.HaveSucceeded(record):
                return record.With(primary.To(DeploymentStage.ScaleUp, sight.Now));
            case DeploymentStage.ScaleUp when healthy >= limits.Desired && (!others || primary.Strategy == DeploymentStrategy.BlueGreen):
                return Switched(HookProgress.Enter(record, DeploymentHookStage.PostScaleUp, DeploymentStage.BakeTime, sight.Now));
            case DeploymentStage.PostScaleUp when healthy >= limits.Desired && HookProgress.HaveSucceeded(record):
                return Switched(record.With(primary.To(DeploymentStage.BakeTime, sight.Now)));
            case DeploymentStage.BakeTime when hasBaked || primary.Strategy == DeploymentStrategy.Canary || primary.RollbackOf is not null || record.Completed == 0:
                return HookProgress.Enter(record, DeploymentHookStage.PostProductionTrafficShift, DeploymentStage.CleanUp, sight.Now);
            case DeploymentStage.PostProductionTrafficShift when HookProgress.HaveSucceeded(record):
                return record.With(primary.To(DeploymentStage.CleanUp, sight.Now));
            case DeploymentStage.CleanUp when !others:
                return Complete(record, sight.Now);
            default:
                return record;
        }
    }

    /// <summary>Of a canary deployment, the tasks that go first.</summary>
    public static int CanariesOf(ServiceRecord record, ServiceLimits limits) => Math.Min(limits.Desired, Math.Max(1, limits.Share(record.Spec.DeploymentConfiguration.CanaryPercent)));

    /// <summary>From the bake time on the new revision's tasks get the requests.</summary>
    private static ServiceRecord Switched(ServiceRecord record) =>
        record.Primary is { Stage: DeploymentStage.BakeTime, HasSwitched: false } primary ? record.With(primary with { HasSwitched = true }) : record;

    private static ServiceRecord Complete(ServiceRecord record, DateTimeOffset now)
    {
        var primary = record.Primary;
        var completed = record.With(primary.End(DeploymentStatus.Completed, null, now)).Tell(now, $"Deployment {primary.Number} of {primary.Definition} is complete.");
        return WithCompleted(completed, primary.Revision);
    }

    /// <summary>The revision is what the service goes back to from now on.</summary>
    public static ServiceRecord WithCompleted(ServiceRecord record, int revision) =>
        revision == record.Completed ? record : record with { Completed = revision, CompletedBefore = record.Completed };
}
