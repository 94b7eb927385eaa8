using System.Collections.Immutable;

namespace OrleansCluster.Placement;

/// <summary>What makes two requests look at the same.</summary>
/// <param name="Measured">What they want of CPU and memory, where the strategy depends on that.</param>
internal readonly record struct ShapeKey(
    string Group, ImmutableArray<PlacementConstraint> Constraints, ImmutableArray<PlacementStep> Strategy, ExtraDemand? Extras, bool IsRandom, Resources Measured)
{
    // An immutable array compares by the array it wraps, and tasks that were read from the store have each their own.
    public bool Equals(ShapeKey other) =>
        Group == other.Group && IsRandom == other.IsRandom && Measured == other.Measured && Extras == other.Extras
        && Constraints.SequenceEqual(other.Constraints) && Strategy.SequenceEqual(other.Strategy);

    public override int GetHashCode() =>
        HashCode.Combine(string.GetHashCode(Group, StringComparison.Ordinal), Constraints.Length, Strategy.Length, Extras, Measured);
}
