using OrleansCluster.Grains.Schedules;
using OrleansCluster.Grains.Tasks.Validation;

namespace OrleansCluster.Grains.Services.Autoscaling;

/// <summary>Judges what a service says of its autoscaling, and of the alarms of its deployments.</summary>
internal static class AutoscalingValidator
{
    private const int LargestCount = 10_000;
    private const int LongestCooldown = 86_400;
    private const int LongestAlarm = 3_600;
    private const int MostPolicies = 10;
    private const int MostSchedules = 20;
    private const int MostAlarms = 10;
    private const double LargestTarget = 1e12;

    public static void Check(FaultList faults, ServiceSpec spec)
    {
        const string path = "/autoscaling";
        if (spec.Autoscaling is not { } scaling)
            return;
        if (spec.SchedulingStrategy == SchedulingStrategy.Daemon)
            faults.Add(path, "a daemon service has a task on each of its nodes: expected none");
        faults.CheckRange($"{path}/minimum", scaling.Minimum, 0, LargestCount);
        faults.CheckRange($"{path}/maximum", scaling.Maximum, 0, LargestCount);
        if (scaling.Minimum > scaling.Maximum)
            faults.Add($"{path}/maximum", $"{scaling.Maximum} is less than the minimum: expected {scaling.Minimum} at the least");
        CheckCount(faults, $"{path}/policies", scaling.Policies.Length, MostPolicies);
        for (var i = 0; i < scaling.Policies.Length; i++)
            CheckPolicy(faults, $"{path}/policies/{i}", scaling.Policies[i]);
        CheckCount(faults, $"{path}/schedules", scaling.Schedules.Length, MostSchedules);
        for (var i = 0; i < scaling.Schedules.Length; i++)
            CheckSchedule(faults, $"{path}/schedules/{i}", scaling.Schedules[i], scaling);
    }

    /// <summary>A count that autoscaling may come to and with which nothing could be replaced; <see langword="null"/> for none.</summary>
    public static int? FindStuck(ServiceSpec spec)
    {
        if (spec is not { Autoscaling: { } scaling, DeploymentConfiguration: { MaximumPercent: < 200 } configuration })
            return null;
        var least = scaling.Schedules.Select(schedule => schedule.Minimum ?? scaling.Minimum).Concat(scaling.Schedules.Select(schedule => schedule.Maximum ?? scaling.Minimum)).Append(scaling.Minimum).Min();
        var most = scaling.Schedules.Select(schedule => schedule.Maximum ?? scaling.Maximum).Append(scaling.Maximum).Max();
        for (var count = Math.Max(0, least); count <= Math.Min(most, LargestCount); count++)
        {
            if (ServiceLimits.Of(configuration, count).IsStuck)
                return count;
        }

        return null;
    }

    public static void CheckAlarms(FaultList faults, string path, DeploymentAlarms? alarms)
    {
        if (alarms is null)
            return;
        CheckCount(faults, $"{path}/alarms", alarms.Alarms.Length, MostAlarms);
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < alarms.Alarms.Length; i++)
        {
            if (alarms.Alarms[i] is not { } alarm)
            {
                faults.Add($"{path}/alarms/{i}", "expected an object, found null");
                continue;
            }

            faults.CheckName($"{path}/alarms/{i}/name", alarm.Name);
            if (alarm.Name is not null && !names.Add(alarm.Name))
                faults.Add($"{path}/alarms/{i}/name", $"{Quoted.Of(alarm.Name)} is there already: expected another name");
            faults.CheckName($"{path}/alarms/{i}/metric", alarm.Metric);
            if (alarm.Above is null == alarm.Below is null)
                faults.Add($"{path}/alarms/{i}", $"expected either above or below, found {(alarm.Above is null ? "neither" : "both")}");
            faults.CheckRange($"{path}/alarms/{i}/for", alarm.For, 0, LongestAlarm);
        }
    }

    private static void CheckPolicy(FaultList faults, string path, ScalingPolicy? policy)
    {
        if (policy is null)
        {
            faults.Add(path, "expected an object, found null");
            return;
        }

        faults.CheckName($"{path}/metric", policy.Metric);
        if (policy.Target is not (> 0 and <= LargestTarget))
            faults.Add($"{path}/target", FormattableString.Invariant($"{policy.Target} is out of range: expected more than 0, {LargestTarget} at the most"));
        if (policy.PerTask && policy.Metric is not null && ScalingPolicy.IsMeasured(policy.Metric))
            faults.Add($"{path}/perTask", $"{policy.Metric} is an average over the tasks: expected false");
        faults.CheckRange($"{path}/scaleOutCooldown", policy.ScaleOutCooldown, 0, LongestCooldown);
        faults.CheckRange($"{path}/scaleInCooldown", policy.ScaleInCooldown, 0, LongestCooldown);
    }

    private static void CheckSchedule(FaultList faults, string path, ScalingSchedule? schedule, AutoscalingSpec scaling)
    {
        if (schedule is null)
        {
            faults.Add(path, "expected an object, found null");
            return;
        }

        ScheduleValidator.CheckTimes(faults, path, schedule.Cron, schedule.TimeZone);
        if (schedule is { Minimum: null, Maximum: null })
            faults.Add(path, "expected a minimum, a maximum or both, found neither");
        if (schedule.Minimum is { } minimum)
            faults.CheckRange($"{path}/minimum", minimum, 0, LargestCount);
        if (schedule.Maximum is { } maximum)
            faults.CheckRange($"{path}/maximum", maximum, 0, LargestCount);
        var (least, most) = (schedule.Minimum ?? scaling.Minimum, schedule.Maximum ?? scaling.Maximum);
        if (least > most)
            faults.Add(path, $"a minimum of {least} is more than a maximum of {most}: expected no more");
    }

    private static void CheckCount(FaultList faults, string path, int count, int most)
    {
        if (count > most)
            faults.Add(path, $"{count} are too many: expected {most} at the most");
    }
}
