namespace OrleansCluster.Placement.Constraints.Syntax;

internal sealed record NotCondition(Condition Inner) : Condition;
