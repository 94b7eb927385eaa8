using OrleansCluster.Embedded.Deterministic;

namespace OrleansCluster.Simulator.Workloads;

/// <summary>Constraints that some node can meet, and strategies. Groups are shared among jobs, and with claims of other schedulers.</summary>
internal static class RandomPlacement
{
    private const int MostApart = 3;

    private static readonly string[] _groups = ["red", "green"];
    private static readonly PlacementConstraint _distinct = new() { Type = PlacementConstraintType.DistinctInstance };

    public static JobTaskSpec Draw(SeededRandom random, JobTaskSpec task)
    {
        if (random.Chance(0.4))
            task = task with { PlacementConstraints = [.. task.PlacementConstraints, OfZone(random)] };
        if (random.Chance(0.4))
            task = task with { PlacementConstraints = [.. task.PlacementConstraints, _distinct], Count = Math.Min(task.Count, MostApart) };
        if (random.Chance(0.4))
            task = task with { PlacementStrategy = [DrawStep(random), DrawStep(random)] };
        return random.Chance(0.5) ? task with { Group = random.Pick(_groups) } : task;
    }

    /// <summary>A claim that is to be kept apart from tasks of a group, or is only of it.</summary>
    public static ClaimRequest Draw(SeededRandom random, ClaimRequest claim) =>
        claim with { Group = random.Pick(_groups), Constraints = random.Chance(0.5) ? [_distinct] : [] };

    private static PlacementConstraint OfZone(SeededRandom random) => new()
    {
        Type = PlacementConstraintType.MemberOf,
        Expression = random.Chance(0.5) ? "attribute:zone == a" : "not(attribute:zone == a)",
    };

    private static PlacementStep DrawStep(SeededRandom random) => random.Below(5) switch
    {
        0 => new PlacementStep { Type = PlacementStepType.Spread, Field = "attribute:zone" },
        1 => new PlacementStep { Type = PlacementStepType.Spread, Field = "instanceId" },
        2 => new PlacementStep { Type = PlacementStepType.Binpack, Field = "memory" },
        3 => new PlacementStep { Type = PlacementStepType.Binpack, Field = "cpu" },
        _ => new PlacementStep { Type = PlacementStepType.Random },
    };
}
