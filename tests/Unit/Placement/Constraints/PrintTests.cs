namespace OrleansCluster.Tests.Unit.Placement.Constraints;

public sealed class PrintTests
{
    [Theory]
    [InlineData(" ( ( node==a ) ) ", "node == a")]
    [InlineData("ec2InstanceId == a", "node == a")]
    [InlineData("node == a and (node == b and node == c)", "node == a and (node == b and node == c)")]
    [InlineData("(node == a and node == b) and node == c", "node == a and node == b and node == c")]
    [InlineData("(node == a or node == b) and not node == c", "(node == a or node == b) and not(node == c)")]
    [InlineData("node == a or (node == b and node == c)", "node == a or node == b and node == c")]
    [InlineData("node in [\"a\",'b c',\"it's\", 'not', '']", "node in [a, 'b c', 'it''s', 'not', '']")]
    [InlineData("node =~ (a|b)", "node =~ '(a|b)'")]
    [InlineData(@"node =~ '\d+\.x'", @"node =~ \d+\.x")]
    [InlineData("attribute:a == exists", "attribute:a == exists")]
    public void ToString_AnySpelling_IsTheOne(string text, string printed)
    {
        var expression = Facts.Expression(text);

        Assert.Equal((text, printed), (expression.Text, expression.ToString()));
        Assert.Equal(expression, Facts.Expression(printed));
        Assert.Equal(expression.GetHashCode(), Facts.Expression(printed).GetHashCode());
    }

    [Fact]
    public void Equals_OtherOrder_IsAnother() => Assert.NotEqual(Facts.Expression("node in [a, b]"), Facts.Expression("node in [b, a]"));
}
