using System.Globalization;
using OrleansCluster.Cli.Output;

namespace OrleansCluster.Cli.Services;

/// <summary>A service's autoscaling in words.</summary>
internal static class ScalingText
{
    /// <summary><c>2 to 10 tasks</c>; nothing for a service without autoscaling.</summary>
    public static string Bounds(ServiceView service)
    {
        if (service is not { Scaling: { } now, Spec.Autoscaling: { } spec }) return "";
        var isScheduled = (now.Minimum, now.Maximum) != (spec.Minimum, spec.Maximum);
        return $"{now.Minimum} to {now.Maximum} tasks{(isScheduled ? $" by its schedule, {spec.Minimum} to {spec.Maximum} otherwise" : "")}";
    }

    /// <summary>When its count last changed by itself, and why.</summary>
    public static string Last(ServiceView service, DateTimeOffset now)
    {
        if (service.Scaling is not { Reason: { } reason } scaling) return "";
        var isOut = scaling.LastScaleIn is null || scaling.LastScaleOut > scaling.LastScaleIn;
        return $"{(isOut ? "out" : "in")} {ShortTime.Ago(isOut ? scaling.LastScaleOut : scaling.LastScaleIn, now)}: {reason}";
    }

    public static string Target(ScalingPolicy policy) => $"{Number(policy.Target)}{(policy.PerTask ? " a task" : "")}{(ScalingPolicy.IsMeasured(policy.Metric) ? " %" : "")}";

    public static string Cooldowns(ScalingPolicy policy) => policy.DisableScaleIn ? $"out {policy.ScaleOutCooldown} s, never in" : $"out {policy.ScaleOutCooldown} s, in {policy.ScaleInCooldown} s";

    public static string Value(ServiceMetric metric) => $"{Number(metric.Value)}{(ScalingPolicy.IsMeasured(metric.Name) ? $" % of {metric.Tasks} tasks" : "")}";

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
