using System.Collections.Immutable;

namespace OrleansCluster.Placement.Constraints.Syntax;

/// <summary>The two spellings of each operator, and what it takes.</summary>
internal static class Operators
{
    private static readonly ImmutableArray<(string Symbol, string Word)> _spellings =
    [
        ("==", "equals"),
        ("!=", "not_equals"),
        (">", "greater_than"),
        (">=", "greater_than_equal"),
        ("<", "less_than"),
        ("<=", "less_than_equal"),
        ("exists", "exists"),
        ("!exists", "not_exists"),
        ("in", "in"),
        ("!in", "not_in"),
        ("=~", "matches"),
        ("!~", "not_matches"),
    ];

    public static Operator? Find(string spelling)
    {
        for (var i = 0; i < _spellings.Length; i++)
        {
            if (spelling == _spellings[i].Symbol || spelling == _spellings[i].Word)
                return (Operator)i;
        }

        return null;
    }

    public static string SymbolOf(Operator op) => _spellings[(int)op].Symbol;

    public static string WordOf(Operator op) => _spellings[(int)op].Word;

    public static string OneOf(ImmutableArray<Operator> operators) => $"one of {string.Join(", ", operators.Select(SymbolOf))}";

    public static bool TakesNothing(Operator? op) => op is Operator.Exists or Operator.NotExists;

    public static bool TakesList(Operator? op) => op is Operator.In or Operator.NotIn;

    public static bool TakesPattern(Operator? op) => op is Operator.Matches or Operator.NotMatches;
}
