using OrleansCluster.Placement.Constraints;

namespace OrleansCluster.Tests.Unit.Placement.Constraints;

public sealed class FaultTests
{
    private const string Subjects = "agentConnected, agentVersion, attribute:NAME, node, registeredAt, runningTasksCount, status or task:group";

    [Theory]
    [InlineData("attribute:stack = prod", "column 17: '=' found; expected one of ==, !=, >, >=, <, <=, exists, !exists, in, !in, =~, !~")]
    [InlineData("runningTasksCount in [1]", "column 19: 'in' found; expected one of ==, !=, >, >=, <, <=")]
    [InlineData("node exists", "column 6: 'exists' found; expected one of ==, !=, in, !in, =~, !~")]
    [InlineData("node not in [a]", "column 6: 'not' found; expected one of ==, !=, in, !in, =~, !~")]
    [InlineData("", $"column 1: end of text found; expected {Subjects}, or not or (")]
    [InlineData("cpu > 4", $"column 1: 'cpu' found; expected {Subjects}")]
    [InlineData("attribute: exists", @"column 11: '' found; expected an attribute's name: letters, digits and -._/\, 1 to 128 characters")]
    [InlineData("attribute:a* exists", @"column 11: 'a*' found; expected an attribute's name: letters, digits and -._/\, 1 to 128 characters")]
    [InlineData("status == ACTIVE and", $"column 21: end of text found; expected {Subjects}, or not or (")]
    [InlineData("attribute:stack ==", "column 19: end of text found; expected a value")]
    [InlineData("attribute:stack == and node == a", "column 20: 'and' found; expected a value, in quotes if this is one")]
    [InlineData("attribute:stack == a b", "column 22: 'b' found; expected and, or, or the end")]
    [InlineData("(attribute:stack == a b)", "column 23: 'b' found; expected and, or, or )")]
    [InlineData("(status == LOST", "column 16: end of text found; expected the ) to the ( of column 1")]
    [InlineData("status == LOST)", "column 15: ')' found; expected and, or, or the end")]
    [InlineData("attribute:stack in prod", "column 20: 'prod' found; expected a list: [a, b]")]
    [InlineData("attribute:stack in []", "column 21: ']' found; expected a value")]
    [InlineData("attribute:stack in [a b]", "column 23: 'b' found; expected , or ]")]
    [InlineData("attribute:stack == 'prod", "column 20: ''prod' found; expected a closing '")]
    [InlineData("attribute:stack == a\0b", "column 21: '\\u0000' found; expected and, or, or the end")]
    [InlineData("runningTasksCount < few", "column 21: 'few' found; expected a whole number")]
    [InlineData("status == active", "column 11: 'active' found; expected ACTIVE, DRAINING or LOST")]
    [InlineData("agentConnected in [true, yes]", "column 26: 'yes' found; expected true or false")]
    [InlineData("agentVersion > v1", "column 16: 'v1' found; expected a version: one to four numbers with dots between, as in 1.14.5")]
    [InlineData("registeredAt < yesterday", "column 16: 'yesterday' found; expected a time: 2018-06-18T22:28:28Z, with +00:00 for Z or nothing, or 2018-06-18")]
    public void Parse_OneFault_SaysWhereAndWhatIsExpected(string text, string fault) => Assert.Equal([$"constraint, {fault}"], Facts.FaultsOf(text));

    [Theory]
    [InlineData("cpu = 4 and status == lost or (attribute:a b) and not node in 7", "1,5,23,44,63")]
    [InlineData("status == A) or (node == b", "11,12,27")]
    [InlineData("node == a & node = b AND node == 'c", "11,18,22,34")]
    [InlineData("node == a b or node == c d", "11,26")]
    [InlineData("and or not", "1,5,11")]
    [InlineData("()", "2")]
    [InlineData("node => a", "6")]
    [InlineData("node === a", "6")]
    [InlineData("node [a]", "6")]
    [InlineData(")))", "1,2,3")]
    public void Parse_SeveralFaults_TellsThemAtOnce(string text, string columns) => Assert.Equal(columns, Facts.ColumnsOf(text));

    [Fact]
    public void Parse_MoreFaultsThanTheLimit_TellsTheFirst()
    {
        var text = string.Join(" or ", Enumerable.Repeat("a = b", ConstraintLimits.Faults));

        Assert.Equal(ConstraintLimits.Faults, Facts.FaultsOf(text).Length);
    }

    [Fact]
    public void Parse_LongestText_IsRead()
    {
        var text = $"node == {new string('a', ConstraintLimits.Length - "node == ".Length)}";

        Assert.True(ConstraintExpression.Parse(text).IsValid);
        Assert.Equal(["constraint, column 2001: 2001 characters found; expected at most 2000"], Facts.FaultsOf(text + "a"));
    }

    [Theory]
    [InlineData("(", ")")]
    [InlineData("not ", "")]
    public void Parse_DeepestNesting_IsRead(string open, string close)
    {
        var deepest = Nested(ConstraintLimits.Depth);

        Assert.True(ConstraintExpression.Parse(deepest).IsValid);
        Assert.Equal(
            [$"constraint, column {1 + (ConstraintLimits.Depth * open.Length)}: '{open.Trim()}' found; expected at most 50 parentheses and negations within one another"],
            Facts.FaultsOf(Nested(ConstraintLimits.Depth + 1)));
        Assert.True(ConstraintExpression.Parse($"{deepest} and {deepest}").IsValid);

        string Nested(int depth) => string.Concat(Enumerable.Repeat(open, depth)) + "node == a" + string.Concat(Enumerable.Repeat(close, depth));
    }

    [Fact]
    public void Parse_LongestList_IsRead()
    {
        Assert.True(ConstraintExpression.Parse($"node in [{List(ConstraintLimits.ListLength)}]").IsValid);
        Assert.Equal(["constraint, column 210: 'b' found; expected at most 100 values"], Facts.FaultsOf($"node in [{List(ConstraintLimits.ListLength)},b,c]"));

        string List(int length) => string.Join(',', Enumerable.Repeat("a", length));
    }

    [Fact]
    public void Parse_LongestAttributeName_IsRead()
    {
        var name = new string('a', ConstraintLimits.AttributeNameLength);

        Assert.True(ConstraintExpression.Parse($"attribute:{name} exists").IsValid);
        Assert.Equal("11", Facts.ColumnsOf($"attribute:{name}a exists"));
    }

    [Fact]
    public void Parse_Null_IsRefused() => Assert.Throws<ArgumentNullException>(() => ConstraintExpression.Parse(null!));
}
