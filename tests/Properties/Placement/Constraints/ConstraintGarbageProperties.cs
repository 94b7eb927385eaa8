using FsCheck;
using FsCheck.Fluent;
using OrleansCluster.Placement.Constraints;
using OrleansCluster.Placement.Constraints.Syntax;

namespace OrleansCluster.Tests.Properties.Placement.Constraints;

/// <summary>Whatever text there is, it is an expression or has faults that lie within it.</summary>
public sealed class ConstraintGarbageProperties
{
    private static readonly Gen<string> _piece = Gen.Elements(
        "attribute:a", "attribute:", "task:group", "node", "status", "runningTasksCount", "registeredAt", "agentVersion", "a", "1", "and", "or",
        "not", "in", "exists", "matches", "==", "!=", "=~", "!~", "=", "<>", "!", "&&", "||", "&", "(", ")", "[", "]",
        ",", "'", "\"", "''", " ", "\t", "\0", "é", "\ud800");

    private static readonly Gen<string> _patternPiece = Gen.Elements(
        "a", "b", ".", "*", "+", "?", "{2}", "{2,}", "{,3}", "{99}", "{9,3}", "{", "}", "(", ")", "(?", "(?:", "(?=", "(?<n>", "(?i)", "(?x)", "(?#", "#",
        "[", "]", "[^", "-", "&&", "|", "^", "$", "\\", "\\d", "\\p{L}", "\\p", "\\u00", "\\1", "\\b", "\\Q", "\\k<n>", "'", "\n", "\u0130");

    [Fact]
    public void Parse_AnyPieces_AnswersWithFaultsWithinTheText() => Check.ForAll(Texts(_piece, 30), AssertAnswers);

    [Fact]
    public void Parse_AnyPattern_AnswersWithFaultsWithinTheText() =>
        Check.ForAll(Texts(_patternPiece, 12), pattern =>
        {
            AssertAnswers($"node =~ {pattern} and node == a");
            AssertAnswers($"node =~ '{pattern.Replace("'", "''", StringComparison.Ordinal)}'");
        });

    [Fact]
    public void Parse_ExpressionWithOneSlip_AnswersWithFaultsWithinTheText()
    {
        var slips =
            from condition in GenerateConstraint.Conditions
            let text = Printer.Print(condition)
            from place in Gen.Choose(0, text.Length)
            from length in Gen.Choose(0, Math.Min(3, text.Length - place))
            from piece in _piece
            select text.Remove(place, length).Insert(place, piece);

        Check.ForAll(slips, AssertAnswers);
    }

    private static Gen<string> Texts(Gen<string> piece, int longest) =>
        from count in Gen.Choose(0, longest)
        from pieces in Gen.ArrayOf(piece, count)
        from isSpaced in Gen.Elements(true, false)
        select string.Join(isSpaced ? " " : "", pieces);

    private static void AssertAnswers(string text)
    {
        var parsed = ConstraintExpression.Parse(text);

        Assert.Equal(parsed.IsValid, parsed.Faults.IsEmpty);
        Assert.True(parsed.Faults.Length <= ConstraintLimits.Faults);
        Assert.Equal(parsed.Faults.Select(fault => fault.Column).Distinct().Order(), parsed.Faults.Select(fault => fault.Column));
        Assert.All(parsed.Faults, fault => Assert.InRange(fault.Column, 1, text.Length + 1));
        Assert.All(parsed.Faults, fault => Assert.InRange(fault.ToString().Length, 20, 400));
        if (parsed.IsValid)
            Assert.Equal(parsed.Expression, GenerateConstraint.Parse(text));
    }
}
