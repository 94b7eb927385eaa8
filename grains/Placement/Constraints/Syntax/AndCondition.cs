namespace OrleansCluster.Placement.Constraints.Syntax;

internal sealed record AndCondition(Condition Left, Condition Right) : Condition;
