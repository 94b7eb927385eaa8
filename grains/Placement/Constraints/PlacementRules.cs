using System.Collections.Immutable;

namespace OrleansCluster.Placement.Constraints;

/// <summary>The constraints of a task, made ready to be asked.</summary>
public sealed class PlacementRules
{
    private readonly ImmutableArray<(string Text, ConstraintExpression? Expression)> _expressions;

    private PlacementRules(string group, bool isDistinct, ImmutableArray<(string Text, ConstraintExpression? Expression)> expressions) =>
        (Group, IsDistinct, _expressions, AskForTasks) = (group, isDistinct, expressions, expressions.Any(each => each.Expression?.AsksForTasks == true));

    public string Group { get; }

    /// <summary>No node may have a task of the group. Asked of the task that comes: it says nothing about those that come later without it, as in ECS.</summary>
    public bool IsDistinct { get; }

    /// <summary>Those that are read; one that cannot be read matches no node.</summary>
    public IEnumerable<ConstraintExpression> Expressions => _expressions.Select(each => each.Expression).OfType<ConstraintExpression>();

    public bool CanBeRead => _expressions.All(each => each.Expression is not null);

    /// <summary>Whether an expression asks which tasks, or how many, are on a node: a task that is placed can make it match, too.</summary>
    public bool AskForTasks { get; }

    /// <returns><see langword="null"/> where there are no constraints.</returns>
    public static PlacementRules? Of(string group, ImmutableArray<PlacementConstraint> constraints, ConstraintCache cache)
    {
        if (constraints.IsDefaultOrEmpty)
            return null;
        var expressions = constraints.Where(constraint => constraint.Type == PlacementConstraintType.MemberOf)
            .Select(constraint => (constraint.Expression ?? "", cache.Get(constraint.Expression ?? "")));
        var isDistinct = group.Length > 0 && constraints.Any(constraint => constraint.Type == PlacementConstraintType.DistinctInstance);
        return new PlacementRules(group, isDistinct, [.. expressions]);
    }

    /// <summary>The first of them that does not hold, in their order and the group last; <see langword="null"/> where all do.</summary>
    public Shortfall? Check(NodeFacts node)
    {
        foreach (var (text, expression) in _expressions)
        {
            if (expression?.Matches(node) != true)
                return Shortfall.OfConstraint(text);
        }

        return IsDistinct && node.TaskGroups.Contains(Group, StringComparer.Ordinal) ? Shortfall.OfGroup(Group) : null;
    }

    /// <summary>Whether the node can come to match by waiting: what its registration says of it does already.</summary>
    public bool CanMatch(NodeFacts node) => _expressions.All(each => each.Expression is { } expression && (!expression.IsFixed || expression.Matches(node)));
}
