namespace OrleansCluster.Placement.Constraints.Syntax;

/// <param name="Offset">In the pattern, from 0 to its length.</param>
internal readonly record struct PatternFault(int Offset, string Expected);
