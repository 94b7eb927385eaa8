using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace OrleansCluster.Placement.Constraints;

/// <summary>An expression, or what is wrong with its text. Never both, never neither.</summary>
public sealed record ParsedConstraint
{
    /// <summary><see langword="null"/> where there are faults.</summary>
    public ConstraintExpression? Expression { get; init; }

    /// <summary>In the order of their columns, at most <see cref="ConstraintLimits.Faults"/> and one for each column.</summary>
    public ImmutableArray<ConstraintFault> Faults { get; init; } = [];

    [MemberNotNullWhen(true, nameof(Expression))]
    public bool IsValid => Expression is not null;
}
