using System.Collections.Immutable;
using OrleansCluster.Grains.Services.Autoscaling;
using OrleansCluster.Grains.Tasks.Validation;

namespace OrleansCluster.Grains.Services;

/// <summary>Judges a service by itself. Whether the definition it names is registered is not seen from here.</summary>
public static class ServiceValidator
{
    private const int LargestCount = 10_000;
    private const int LargestMaximum = 400;
    private const int LongestHealthyTime = 3_600;
    private const int LongestDeregistration = 3_600;
    private const int LongestBake = 86_400;
    private const int LargestCanary = 99;
    private const int LargestFailurePercent = 1_000;

    /// <summary>Every fault, in the order of the specification; none means valid.</summary>
    public static ImmutableArray<Fault> Validate(ServiceSpec? spec)
    {
        var faults = new FaultList();
        if (spec is null)
        {
            faults.Add("", "expected a service, found nothing");
            return faults.ToImmutable();
        }

        foreach (var fault in JobValidator.Validate(AsJob(spec)))
            faults.Add(PathOf(fault.Path), fault.Message);
        if (!Enum.IsDefined(spec.SchedulingStrategy))
            faults.Add("/schedulingStrategy", $"{spec.SchedulingStrategy} is no such strategy: expected REPLICA or DAEMON");
        faults.CheckRange("/desiredCount", spec.DesiredCount, 0, LargestCount);
        if (spec.DeregistrationDelay is { } delay)
            faults.CheckRange("/deregistrationDelay", delay, 0, LongestDeregistration);
        CheckConfiguration(faults, "/deploymentConfiguration", spec);
        AutoscalingValidator.Check(faults, spec);
        RebalancingRules.Check(faults, "/rebalancing", spec);
        return faults.ToImmutable();
    }

    /// <summary>A service's tasks are what an instance of a job's task is, so the same rules hold for them.</summary>
    internal static JobSpec AsJob(ServiceSpec spec) => new()
    {
        Name = spec.Name,
        Team = spec.Team,
        Priority = spec.Priority,
        Tasks =
        [
            new JobTaskSpec
            {
                Name = "service",
                Definition = spec.Definition,
                Containers = spec.Containers,
                Volumes = spec.Volumes,
                Network = spec.Network,
                PlacementConstraints = spec.PlacementConstraints,
                PlacementStrategy = spec.PlacementStrategy,
                StartTimeout = spec.StartTimeout,
            },
        ],
    };

    /// <summary>Where in the service it is what the job of <see cref="AsJob"/> has a fault in.</summary>
    internal static string PathOf(string path)
    {
        const string task = "/tasks/0";
        return path.StartsWith(task, StringComparison.Ordinal) ? path[task.Length..] : path;
    }

    private static void CheckConfiguration(FaultList faults, string path, ServiceSpec spec)
    {
        if (spec.DeploymentConfiguration is not { } configuration)
        {
            faults.Add(path, "expected an object, found null");
            return;
        }

        var before = faults.ToImmutable().Length;
        if (!Enum.IsDefined(configuration.Strategy))
            faults.Add($"{path}/strategy", $"{configuration.Strategy} is no such strategy: expected ROLLING, CANARY or BLUE_GREEN");
        faults.CheckRange($"{path}/minimumHealthyPercent", configuration.MinimumHealthyPercent, 0, 100);
        faults.CheckRange($"{path}/maximumPercent", configuration.MaximumPercent, 100, LargestMaximum);
        faults.CheckRange($"{path}/minimumHealthyTime", configuration.MinimumHealthyTime, 0, LongestHealthyTime);
        faults.CheckRange($"{path}/canaryPercent", configuration.CanaryPercent, 1, LargestCanary);
        faults.CheckRange($"{path}/bakeTime", configuration.BakeTime, 0, LongestBake);
        CheckBreaker(faults, $"{path}/circuitBreaker", configuration.CircuitBreaker);
        AutoscalingValidator.CheckAlarms(faults, $"{path}/alarms", configuration.Alarms);
        HookRules.Check(faults, $"{path}/hooks", spec);
        if (configuration is { Strategy: DeploymentStrategy.BlueGreen, MaximumPercent: < 200 })
            faults.Add($"{path}/maximumPercent", $"{configuration.MaximumPercent} is too little for BLUE_GREEN, which runs both revisions in full: expected 200 at the least");
        var isReplica = spec.SchedulingStrategy == SchedulingStrategy.Replica;
        var stuck = spec.Autoscaling is not null ? AutoscalingValidator.FindStuck(spec) : ServiceLimits.Of(configuration, spec.DesiredCount).IsStuck ? spec.DesiredCount : (int?)null;
        if (isReplica && faults.ToImmutable().Length == before && stuck is { } count)
            faults.Add(path, StuckReason(configuration, count));
    }

    /// <summary>Why a count does not go with percentages under which nothing could ever be replaced.</summary>
    internal static string StuckReason(DeploymentConfiguration configuration, int desired)
    {
        var limits = ServiceLimits.Of(configuration, desired);
        return $"with {desired} tasks, {configuration.MinimumHealthyPercent} % healthy (rounded up {limits.Minimum}) and {configuration.MaximumPercent} % at most (rounded down {limits.Maximum}) let nothing be replaced: expected less of the one or more of the other";
    }

    private static void CheckBreaker(FaultList faults, string path, CircuitBreakerSpec? breaker)
    {
        if (breaker is null)
        {
            faults.Add(path, "expected an object, found null");
            return;
        }

        if (breaker.Count is { } count)
            faults.CheckRange($"{path}/count", count, 1, LargestCount);
        if (breaker.Percent is { } percent)
            faults.CheckRange($"{path}/percent", percent, 1, LargestFailurePercent);
        if (breaker is { Count: not null, Percent: not null })
            faults.Add($"{path}/percent", "expected either a count or a percentage, found both");
        if (!Enum.IsDefined(breaker.Counting))
            faults.Add($"{path}/counting", $"{breaker.Counting} is no such way of counting: expected CUMULATIVE or CONSECUTIVE");
    }
}
