using System.Collections.Immutable;
using System.Globalization;

namespace OrleansCluster.Grains.Services.Autoscaling;

/// <summary>Since when metrics are beyond what a deployment's alarms allow, and what that means for it: pure.</summary>
internal static class AlarmRules
{
    public static ImmutableDictionary<AlarmSpec, AlarmState> None { get; } = ImmutableDictionary<AlarmSpec, AlarmState>.Empty;

    /// <summary>Of alarms whose metric is not beyond its bound, or not known, nothing is kept.</summary>
    public static ImmutableDictionary<AlarmSpec, AlarmState> Note(
        ImmutableDictionary<AlarmSpec, AlarmState> known, DeploymentAlarms? alarms, IReadOnlyDictionary<string, MetricReading> metrics, DateTimeOffset now)
    {
        var next = None;
        foreach (var alarm in alarms is { Enable: true } ? alarms.Alarms : [])
        {
            if (metrics.TryGetValue(alarm.Metric, out var reading) && (reading.Value > alarm.Above || reading.Value < alarm.Below))
                next = next.SetItem(alarm, new AlarmState(known.GetValueOrDefault(alarm)?.Since ?? now, reading.Value));
        }

        return next;
    }

    /// <summary>When the next of them fires, if nothing changes.</summary>
    public static DateTimeOffset? Next(ImmutableDictionary<AlarmSpec, AlarmState> states, DateTimeOffset now) =>
        states.Select(state => (DateTimeOffset?)FiresAt(state.Key, state.Value)).Where(at => at > now).Min();

    /// <summary>What had fired before the deployment began is not its doing. A roll-back is not judged: there is nothing better to go to.</summary>
    public static ServiceRecord Judge(ServiceRecord record, ImmutableDictionary<AlarmSpec, AlarmState> states, DateTimeOffset now)
    {
        if (record.IsDeleted || record.Primary is not { IsUnderWay: true, RollbackOf: null } primary || record.Spec.DeploymentConfiguration.Alarms is not { Enable: true } alarms)
            return record;
        foreach (var alarm in alarms.Alarms)
        {
            if (states.TryGetValue(alarm, out var state) && FiresAt(alarm, state) is var at && at <= now && at > primary.CreatedAt)
                return DeploymentProgress.Fail(record, ReasonOf(alarm, state, now), alarms.Rollback, now);
        }

        return record;
    }

    private static DateTimeOffset FiresAt(AlarmSpec alarm, AlarmState state) => state.Since + TimeSpan.FromSeconds(alarm.For);

    private static string ReasonOf(AlarmSpec alarm, AlarmState state, DateTimeOffset now)
    {
        var bound = alarm.Above is { } above ? string.Create(CultureInfo.InvariantCulture, $"above {above:0.##}") : string.Create(CultureInfo.InvariantCulture, $"below {alarm.Below:0.##}");
        return string.Create(CultureInfo.InvariantCulture, $"alarm {alarm.Name}: {alarm.Metric} is {state.Value:0.##}, {bound} for {(now - state.Since).TotalSeconds:0} s.");
    }
}
