using OrleansCluster.Cli.Hosting;
using OrleansCluster.Cli.Output;

namespace OrleansCluster.Cli.Services;

/// <summary>The metrics that a service goes by, or that are known of it.</summary>
internal static class ScalingDisplay
{
    public static void Write(Invocation call, ServiceView service)
    {
        var policies = service.Spec.Autoscaling?.Policies ?? [];
        var metrics = service.Metrics.IsDefault ? [] : service.Metrics;
        if (policies.IsEmpty && metrics.IsEmpty) return;
        call.Host.Out.WriteLine();
        var grid = new Grid("METRIC", "NOW", "TARGET", "COOL-DOWNS", "KNOWN");
        foreach (var policy in policies)
        {
            var metric = metrics.FirstOrDefault(metric => metric.Name == policy.Metric);
            grid.Add(policy.Metric, metric is null ? "-" : ScalingText.Value(metric), ScalingText.Target(policy), ScalingText.Cooldowns(policy), ShortTime.Ago(metric?.At, call.Now));
        }

        foreach (var metric in metrics.Where(metric => policies.All(policy => policy.Metric != metric.Name)))
            grid.Add(metric.Name, ScalingText.Value(metric), "-", "-", ShortTime.Ago(metric.At, call.Now));
        grid.WriteTo(call.Console);
    }
}
