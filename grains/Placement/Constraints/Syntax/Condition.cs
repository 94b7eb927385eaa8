namespace OrleansCluster.Placement.Constraints.Syntax;

/// <summary>A node of the syntax tree.</summary>
internal abstract record Condition;
