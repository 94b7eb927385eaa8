using System.Globalization;
using OrleansCluster.Cli.Output;

namespace OrleansCluster.Cli.Services;

/// <summary>What a service is and does, in words.</summary>
internal static class ServiceText
{
    /// <summary><c>ROLLING, 50 to 150 %, healthy after 5 s</c>.</summary>
    public static string Deployments(DeploymentConfiguration configuration) => string.Join(", ", Parts(configuration));

    public static string Breaker(CircuitBreakerSpec breaker) => breaker switch
    {
        { Enable: false } => "never",
        { Count: { } count } => $"{count} failures{Then(breaker)}",
        { Percent: { } percent } => $"failures of {percent} % of the tasks{Then(breaker)}",
        _ => $"failures of half the tasks, 3 to 200{Then(breaker)}",
    };

    /// <summary>Nothing where there are none.</summary>
    public static string Alarms(DeploymentAlarms? alarms) => alarms is { Enable: true, Alarms.IsDefaultOrEmpty: false }
        ? $"{string.Join(", ", alarms.Alarms.Select(Alarm))}{(alarms.Rollback ? ", then roll back" : "")}"
        : "";

    /// <summary>Empty where it is off.</summary>
    public static string Rebalancing(RebalancingSpec rebalancing) => rebalancing switch
    {
        { Mode: RebalancingMode.Off } => "",
        { MaximumMoves: { } most } => $"{Words.Of(rebalancing.Mode)}, {most} at a time",
        _ => $"{Words.Of(rebalancing.Mode)}, a tenth of the tasks at a time",
    };

    public static string Note(ServiceTaskView task) => string.Join(", ", Parts(task));

    public static string Line(ServiceEvent happened) => Plain.Line($"{ShortTime.Exact(happened.At)} {happened.Message}");

    private static string Alarm(AlarmSpec alarm) => string.Create(
        CultureInfo.InvariantCulture, $"alarm {alarm.Name} ({alarm.Metric} {(alarm.Above is null ? "below" : "above")} {alarm.Above ?? alarm.Below:0.##} for {alarm.For} s)");

    private static string Then(CircuitBreakerSpec breaker) =>
        $"{(breaker.Counting == FailureCounting.Consecutive ? " in a row" : "")}{(breaker.Rollback ? ", then roll back" : "")}";

    private static IEnumerable<string> Parts(DeploymentConfiguration configuration)
    {
        yield return Words.Of(configuration.Strategy);
        yield return $"{configuration.MinimumHealthyPercent} to {configuration.MaximumPercent} %";
        yield return $"healthy after {configuration.MinimumHealthyTime} s";
        if (configuration.Strategy == DeploymentStrategy.Canary) yield return $"{configuration.CanaryPercent} % first";
        if (configuration.BakeTime > 0) yield return $"bake time {configuration.BakeTime} s";
    }

    private static IEnumerable<string> Parts(ServiceTaskView task)
    {
        if (task.IsHealthy) yield return "healthy";
        if (task.DesiredStatus == DesiredStatus.Stopped) yield return "to be stopped";
        if (task.MovedFrom is { } from) yield return $"moved from {from}";
        if (task.ProtectedUntil is { } until) yield return $"protected until {ShortTime.Exact(until)}";
    }
}
