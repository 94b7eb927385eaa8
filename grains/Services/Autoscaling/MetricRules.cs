using System.Collections.Immutable;
using System.Globalization;
using OrleansCluster.Grains.Tasks.Validation;

namespace OrleansCluster.Grains.Services.Autoscaling;

/// <summary>What metrics may be put, and which of them a service goes by.</summary>
internal static class MetricRules
{
    public static ImmutableArray<Fault> Check(string metric, double value)
    {
        var faults = new FaultList();
        faults.CheckName("/metric", metric);
        if (ScalingPolicy.IsMeasured(metric))
            faults.Add("/metric", $"{Quoted.Of(metric)} is measured by the nodes: expected another name");
        if (!double.IsFinite(value))
            faults.Add("/value", string.Create(CultureInfo.InvariantCulture, $"{value} is no number to go by: expected a finite one"));
        return faults.ToImmutable();
    }

    /// <summary>Of its policies and of its deployments' alarms.</summary>
    public static IEnumerable<string> Names(ServiceSpec spec)
    {
        var policies = spec.Autoscaling?.Policies ?? [];
        var alarms = spec.DeploymentConfiguration.Alarms is { Enable: true } enabled ? enabled.Alarms : [];
        return policies.Select(policy => policy.Metric).Concat(alarms.Select(alarm => alarm.Metric));
    }
}
