using System.Collections.Immutable;

namespace OrleansCluster.Placement.Constraints.Syntax;

/// <param name="Arguments">As many as the operator takes, without quotes: none, one, or those of the list.</param>
internal sealed record Comparison(Subject Subject, Operator Operator, ImmutableArray<string> Arguments) : Condition
{
    // An immutable array compares by the array it wraps, which would make two equal lists unequal.
    public bool Equals(Comparison? other) =>
        other is not null && Subject == other.Subject && Operator == other.Operator && Arguments.SequenceEqual(other.Arguments, StringComparer.Ordinal);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(Subject);
        hash.Add(Operator);
        foreach (var argument in Arguments)
            hash.Add(argument, StringComparer.Ordinal);
        return hash.ToHashCode();
    }
}
