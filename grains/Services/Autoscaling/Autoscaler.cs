using System.Collections.Immutable;
using System.Globalization;

namespace OrleansCluster.Grains.Services.Autoscaling;

/// <summary>
/// How many tasks a service is to have, by its metrics, bounds and cool-downs: pure. Counts are made from totals (what the tasks that are known use together, by the target), not by
/// growing the present count by a ratio: so tasks that still start never make it grow twice for the same load.
/// </summary>
internal static class Autoscaler
{
    /// <summary>Of the target, that is left free when tasks are given up: otherwise the same load would call them back.</summary>
    private const double Spare = 0.1;

    /// <summary>For less than that of a task none is started: what is measured is never exact.</summary>
    private const double Rounding = 1e-3;
    private const int Most = 1_000_000;

    public static ImmutableArray<ScalingWant> Wants(ScalingSight sight) => [.. sight.Spec.Policies.Select(policy => WantOf(policy, sight))];

    /// <summary>How few tasks would do for all policies; <see langword="null"/> where one that may scale in knows nothing, or none may.</summary>
    public static int? Fewest(ImmutableArray<ScalingWant> wants)
    {
        var deciding = wants.Where(want => !want.Policy.DisableScaleIn).ToList();
        return deciding.Count == 0 || deciding.Exists(want => want.In is null) ? null : wants.Max(want => want.In);
    }

    /// <summary>For how long that must have been so.</summary>
    public static TimeSpan WindowOf(AutoscalingSpec spec) => CooldownOf(spec) is var cooldown && cooldown < ScalingHistory.Longest ? cooldown : ScalingHistory.Longest;

    /// <param name="fewest">The highest of <see cref="Fewest"/> over <see cref="WindowOf"/>; <see langword="null"/> where it is not known for all of that.</param>
    public static ScalingDecision Decide(ScalingSight sight, ImmutableArray<ScalingWant> wants, int? fewest)
    {
        var (bounds, desired) = (sight.Bounds, sight.Desired);
        if (bounds.Clamp(desired) is var bounded && bounded != desired)
            return new ScalingDecision(bounded, bounded > desired ? $"{bounded} tasks are the fewest" : $"{bounded} tasks are the most", Held: null);
        var more = wants.Where(want => want.Out > desired).ToList();
        if (more.Count > 0)
            return ScaleOut(sight, more);
        var fewer = bounds.Clamp(fewest ?? desired);
        if (fewer >= desired || sight.IsDeploying || !IsOver(sight.Last.LastChange, CooldownOf(sight.Spec), sight.Now))
            return new ScalingDecision(desired, Reason: null, Held: null);
        return new ScalingDecision(fewer, string.Join(", ", wants.Where(want => want.In is not null).Select(want => want.Figures)), Held: null);
    }

    private static ScalingDecision ScaleOut(ScalingSight sight, List<ScalingWant> more)
    {
        var due = more.Where(want => IsOver(sight.Last.LastOut, TimeSpan.FromSeconds(want.Policy.ScaleOutCooldown), sight.Now)).MaxBy(want => want.Out);
        var wanted = Math.Min(due?.Out ?? 0, sight.Bounds.Maximum);
        if (wanted <= sight.Desired)
            return new ScalingDecision(sight.Desired, Reason: null, Held: null);
        var count = Math.Max(sight.Desired, Math.Min(wanted, sight.MostOfTeam ?? wanted));
        var held = count < wanted ? $"{due!.Figures}: {wanted} tasks are wanted, and the team's maximum leaves room for {count}" : null;
        return new ScalingDecision(count, count > sight.Desired ? due!.Figures : null, held);
    }

    private static ScalingWant WantOf(ScalingPolicy policy, ScalingSight sight)
    {
        if (!sight.Metrics.TryGetValue(policy.Metric, out var reading))
            return new ScalingWant(policy, null, null, $"nothing is known of {policy.Metric}");
        var figures = string.Create(CultureInfo.InvariantCulture, $"{policy.Metric} is {reading.Value:0.##}, its target {policy.Target:0.##}{(policy.PerTask ? " for each task" : "")}");
        if (ScalingPolicy.IsMeasured(policy.Metric))
            return Want(policy, reading.Value * reading.Tasks, sight.Desired - reading.Tasks, least: 1, figures);
        if (policy.PerTask)
            return Want(policy, reading.Value, missing: 0, least: 0, figures);

        // It says how things were with the tasks that were there, so one from before the last change says nothing of now.
        return sight.Running == 0 || reading.At <= sight.Last.LastChange
            ? new ScalingWant(policy, null, null, figures)
            : Want(policy, reading.Value * sight.Running, sight.Desired - sight.Running, least: 1, figures);
    }

    /// <param name="missing">Tasks that are wanted and of which nothing is known: each may need as much as the target.</param>
    private static ScalingWant Want(ScalingPolicy policy, double total, int missing, int least, string figures)
    {
        var needed = Math.Max(least, Ceiling(total / policy.Target));
        var spare = Math.Max(least, Ceiling(total / (policy.Target * (1 - Spare)))) + Math.Max(0, missing);
        return new ScalingWant(policy, needed, spare, figures);
    }

    private static int Ceiling(double count) => (int)Math.Clamp(Math.Ceiling(count - Rounding), 0, Most);

    private static bool IsOver(DateTimeOffset? since, TimeSpan cooldown, DateTimeOffset now) => since is null || since + cooldown <= now;

    /// <summary>All have to agree, so the longest counts.</summary>
    private static TimeSpan CooldownOf(AutoscalingSpec spec) =>
        TimeSpan.FromSeconds(spec.Policies.Where(policy => !policy.DisableScaleIn).Select(policy => policy.ScaleInCooldown).DefaultIfEmpty(0).Max());
}
