using OrleansCluster.Placement.Constraints.Syntax;

namespace OrleansCluster.Placement.Constraints.Evaluation;

internal static class Order
{
    /// <param name="comparison">Of the node's value with the argument, as <see cref="IComparable.CompareTo"/> gives it.</param>
    public static bool Holds(Operator op, int comparison) => op switch
    {
        Operator.Equal => comparison == 0,
        Operator.NotEqual => comparison != 0,
        Operator.Greater => comparison > 0,
        Operator.GreaterOrEqual => comparison >= 0,
        Operator.Less => comparison < 0,
        Operator.LessOrEqual => comparison <= 0,
        _ => throw new InvalidOperationException($"{op} is not about order."),
    };
}
