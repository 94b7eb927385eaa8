namespace OrleansCluster.Placement.Constraints.Syntax;

internal sealed record OrCondition(Condition Left, Condition Right) : Condition;
