namespace OrleansCluster.Placement.Constraints.Syntax;

/// <summary>Writes a tree so that parsing gives the same one: with the parentheses it takes, and no others.</summary>
internal static class Printer
{
    public static string Print(Condition condition) => condition switch
    {
        OrCondition or => $"{Print(or.Left)} or {Within(or.Right, or.Right is OrCondition)}",
        AndCondition and => $"{Within(and.Left, and.Left is OrCondition)} and {Within(and.Right, and.Right is OrCondition or AndCondition)}",
        NotCondition not => $"not({Print(not.Inner)})",
        Comparison comparison => Print(comparison),
        _ => throw new InvalidOperationException($"There is no syntax for {condition.GetType().Name}."),
    };

    private static string Within(Condition condition, bool parentheses) => parentheses ? $"({Print(condition)})" : Print(condition);

    private static string Print(Comparison comparison)
    {
        var start = $"{comparison.Subject} {Operators.SymbolOf(comparison.Operator)}";
        if (Operators.TakesNothing(comparison.Operator))
            return start;

        var values = string.Join(", ", comparison.Arguments.Select(Words.Print));
        return Operators.TakesList(comparison.Operator) ? $"{start} [{values}]" : $"{start} {values}";
    }
}
