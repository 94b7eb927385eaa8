using OrleansCluster.Placement.Constraints;

namespace OrleansCluster.Tests.Unit.Placement.Constraints;

public sealed class PatternFaultTests
{
    // The pattern begins at column 9.
    [Theory]
    [InlineData("a(?=b)", 10, "a pattern without lookahead and lookbehind")]
    [InlineData("(?<!b)a", 9, "a pattern without lookahead and lookbehind")]
    [InlineData("(?>a)", 9, "a pattern without atomic groups")]
    [InlineData("(a)\\1", 12, "a pattern without backreferences")]
    [InlineData("(?<n>a)\\k<n>", 16, "a pattern without backreferences")]
    [InlineData("(a)(?(1)b|c)", 12, "a pattern without conditionals")]
    [InlineData("a\\G", 10, "a pattern without \\G")]
    [InlineData("x[a-z&&[aeiou]]", 10, "a class without another within it and without &&")]
    [InlineData("[a-z-[aeiou]]", 9, "a class without another within it and without &&")]
    [InlineData("a++", 11, "a valid pattern: nested quantifiers not parenthesized")]
    [InlineData("*a", 9, "a valid pattern: quantifier after nothing")]
    [InlineData("a(b", 11, "a valid pattern: insufficient closing parentheses")]
    [InlineData("[ab", 11, "a valid pattern: unterminated bracket")]
    [InlineData("(?x)a#b", 9, "a pattern that does not end in a comment")]
    [InlineData("(?<a-b>x)", 14, "a valid pattern: undefined named reference")]
    [InlineData("(a{20}){20}", 19, "a pattern of at most 256 characters with its repeats written out")]
    [InlineData("((a|b){3,}c{200}){1}d{99999999}", 39, "a pattern of at most 256 characters with its repeats written out")]
    public void Parse_PatternThatIsRefused_SaysWhereAndWhy(string pattern, int column, string expected)
    {
        var fault = Assert.Single(ConstraintExpression.Parse($"node =~ {pattern}").Faults);

        Assert.Equal(($"'{pattern}'", expected), (fault.Found, fault.Expected));
        Assert.Equal(column, fault.Column);
    }

    [Theory]
    [InlineData("'a)(b'", 11)]
    [InlineData("'it''s (?=x)'", 16)]
    [InlineData("\"a'b(?=x)\"", 13)]
    public void Parse_PatternInQuotes_CountsTheQuotes(string pattern, int column) =>
        Assert.Equal(column, Assert.Single(ConstraintExpression.Parse($"node =~ {pattern}").Faults).Column);

    [Theory]
    [InlineData("node =~ a)(b", "10,11")]
    [InlineData("node =~ and status == LOST", "9")]
    [InlineData("node =~", "8")]
    [InlineData("(node =~ )", "10")]
    [InlineData("node =~ '(a", "9")]
    public void Parse_NoPattern_IsAFaultAtItsPlace(string text, string columns) => Assert.Equal(columns, Facts.ColumnsOf(text));

    [Fact]
    public void Parse_LongestPattern_IsRead()
    {
        var longest = new string('a', ConstraintLimits.PatternLength);

        Assert.True(ConstraintExpression.Parse($"node =~ {longest}").IsValid);
        Assert.True(ConstraintExpression.Parse($"node =~ a{{{ConstraintLimits.PatternLength}}}").IsValid);
        Assert.Equal("265", Facts.ColumnsOf($"node =~ {longest}a"));
        Assert.Equal("14", Facts.ColumnsOf($"node =~ a{{{ConstraintLimits.PatternLength + 1}}}"));
    }

    [Fact]
    public void Matches_PatternThatHangsABacktrackingEngine_Answers() =>
        Assert.False(Facts.Matches("node =~ '(x+x+)+y'", Facts.Node with { Name = new string('x', 10_000) }));
}
