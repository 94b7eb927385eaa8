using FsCheck;
using FsCheck.Fluent;
using OrleansCluster.Placement.Constraints.Syntax;

namespace OrleansCluster.Tests.Properties.Placement.Constraints;

/// <summary>The many ways to write the same condition: words or symbols, blanks or none, parentheses that nobody needs, either quote.</summary>
internal sealed class Spelling(int[] choices)
{
    private int _next;

    public static Gen<Spelling> Any { get; } = Gen.ArrayOf(Gen.Choose(0, 99), 20).Select(choices => new Spelling(choices));

    public string Write(Condition condition)
    {
        var text = condition switch
        {
            OrCondition or => $"{Within(or.Left)}{Choose(" or ", "||", " || ", "\nor\t")}{Within(or.Right)}",
            AndCondition and => $"{Within(and.Left)}{Choose(" and ", "&&", " && ")}{Within(and.Right)}",
            NotCondition not => $"{Choose("!", "not", "! ")}{Within(not.Inner)}",
            Comparison comparison => Write(comparison),
            _ => throw new InvalidOperationException(condition.ToString()),
        };
        return Choose("", "", "", " ( ") is { Length: > 0 } open ? $"{open}{text})" : text;
    }

    private string Within(Condition condition) => $"({Write(condition)})";

    private string Write(Comparison comparison)
    {
        var subject = comparison.Subject.Kind == SubjectKind.Node ? Choose("node", "ec2InstanceId") : comparison.Subject.ToString();
        var symbol = Operators.SymbolOf(comparison.Operator);
        var spelling = Choose($" {Operators.WordOf(comparison.Operator)} ", $" {symbol} ", $" {symbol}");
        var start = subject + spelling;
        if (Operators.TakesNothing(comparison.Operator))
            return start;

        var values = comparison.Arguments.Select(Quote).ToList();
        return Operators.TakesList(comparison.Operator)
            ? $"{start}{Choose("[", " [ ")}{string.Join(Choose(",", " , "), values)}]"
            : $"{start}{values[0]}";
    }

    private string Quote(string value)
    {
        var quote = Choose("'", "\"");
        return $"{quote}{value.Replace(quote, quote + quote, StringComparison.Ordinal)}{quote}";
    }

    private string Choose(params string[] texts) => texts[choices[_next++ % choices.Length] % texts.Length];
}
