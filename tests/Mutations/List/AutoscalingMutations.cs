using System.Collections.Immutable;

namespace OrleansCluster.Mutations.List;

/// <summary>How many tasks a service is given.</summary>
internal static class AutoscalingMutations
{
    public static ImmutableArray<Mutation> All { get; } =
    [
        new(
            "scaled-past-maximum",
            "A busy service is given more tasks than its bounds allow.",
            300,
            new Edit.OfExpression("grains/Services/Autoscaling/Autoscaler.cs", "Math.Min(due?.Out ?? 0, sight.Bounds.Maximum)", "due?.Out ?? 0")),
        new(
            "bounds-not-kept",
            "A service whose count is out of its bounds keeps it.",
            300,
            new Edit.OfExpression("grains/Services/ServiceRules.cs", "ScalingBounds.Of(scaling, now).Clamp(count)", "count")),
        new(
            "cool-down-forgotten",
            "A service that is scaled forgets when it was last scaled the other way.",
            300,
            new Edit.OfExpression("grains/Services/ServiceRules.cs", "(record.Scaling ?? new ScalingRecord())", "new ScalingRecord()")),
        new(
            "usage-not-wanted",
            "A service that is scaled by what its tasks use tells nobody that it wants to know.",
            300,
            new Edit.OfExpression("grains/Services/ServiceGrain.Scaling.cs", "_lookedAt + _interest > now || MetricRules.Names(record.Spec).Any(ScalingPolicy.IsMeasured)", "false")),
        new(
            "never-scaled-in",
            "An idle service keeps its tasks.",
            300,
            new Edit.OfExpression("grains/Services/Autoscaling/Autoscaler.cs", "bounds.Clamp(fewest ?? desired)", "desired")),
    ];
}
