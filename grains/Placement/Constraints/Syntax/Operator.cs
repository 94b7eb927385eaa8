namespace OrleansCluster.Placement.Constraints.Syntax;

/// <summary>In the order in which faults name them.</summary>
internal enum Operator
{
    Equal,
    NotEqual,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
    Exists,
    NotExists,
    In,
    NotIn,
    Matches,
    NotMatches,
}
