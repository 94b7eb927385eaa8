using OrleansCluster.Placement.Constraints;

namespace OrleansCluster.Grains.Tasks.Validation;

/// <summary>Where a task may go and where it likes to. Whether any node matches is no question of validity: the task waits and says what is missing.</summary>
internal static class PlacementRuleChecks
{
    private const string Attribute = "attribute:";

    public static void Check(FaultList faults, string path, JobTaskSpec task)
    {
        if (task.Group is not null && !IsGroup(task.Group))
            faults.Add($"{path}/group", $"{Quoted.Of(task.Group)} is no group: expected letters, digits and -_./:, 1 to {SpecLimits.GroupLength} characters");
        foreach (var (at, constraint) in faults.Items($"{path}/placementConstraints", task.PlacementConstraints, SpecLimits.ConstraintsPerTask))
            CheckConstraint(faults, $"{at}/expression", constraint);
        foreach (var (at, step) in faults.Items($"{path}/placementStrategy", task.PlacementStrategy, SpecLimits.StrategiesPerTask))
            CheckStep(faults, $"{at}/field", step);
    }

    private static void CheckConstraint(FaultList faults, string path, PlacementConstraint constraint)
    {
        if (constraint.Type == PlacementConstraintType.DistinctInstance)
        {
            if (constraint.Expression is not null)
                faults.Add(path, "distinctInstance takes no expression: it is about the tasks of the group");
            return;
        }

        if (constraint.Expression is null)
        {
            faults.Add(path, "memberOf needs an expression, such as attribute:zone == a");
            return;
        }

        foreach (var fault in ConstraintExpression.Parse(constraint.Expression).Faults)
            faults.Add(path, $"column {fault.Column}: {fault.Found} found; expected {fault.Expected}");
    }

    private static void CheckStep(FaultList faults, string path, PlacementStep step)
    {
        var (isGood, expectation) = step.Type switch
        {
            PlacementStepType.Spread => (step.Field is "instanceId" or "host" || IsAttribute(step.Field), "instanceId, host or attribute:NAME"),
            PlacementStepType.Binpack => (step.Field is "cpu" or "memory", "cpu or memory"),
            PlacementStepType.Fgd => (step.Field is null, "no field, since fgd looks at GPUs"),
            _ => (step.Field is null, "no field, since random looks at none"),
        };
        if (!isGood)
            faults.Add(path, step.Field is null ? $"the field is missing: expected {expectation}" : $"{Quoted.Of(step.Field)} found; expected {expectation}");
    }

    private static bool IsAttribute(string? field) =>
        field?.StartsWith(Attribute, StringComparison.Ordinal) == true && NodeAttributes.IsName(field[Attribute.Length..]);

    private static bool IsGroup(string text) =>
        text.Length is >= 1 and <= SpecLimits.GroupLength && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/' or ':');
}
