using FsCheck.Fluent;
using OrleansCluster.Placement.Constraints;
using OrleansCluster.Placement.Constraints.Syntax;

namespace OrleansCluster.Tests.Properties.Placement.Constraints;

public sealed class ConstraintProperties
{
    [Fact]
    public void Parse_AnythingPrinted_IsTheSameAgain() => Check.ForAll(GenerateConstraint.Conditions, condition =>
    {
        var text = Printer.Print(condition);

        var expression = GenerateConstraint.Parse(text);

        Assert.Equal(condition, expression.Root);
        Assert.Equal((text, text), (expression.Text, expression.ToString()));
    });

    [Fact]
    public void Parse_AnySpelling_IsTheSame()
    {
        var cases = from condition in GenerateConstraint.Conditions from spelling in Spelling.Any select (condition, text: spelling.Write(condition));

        Check.ForAll(cases.Where(c => c.text.Length <= ConstraintLimits.Length), c => Assert.Equal(c.condition, GenerateConstraint.Parse(c.text).Root));
    }

    [Fact]
    public void Matches_AnyNode_IsWhatTheInterpreterSays()
    {
        var cases = from condition in GenerateConstraint.Conditions from node in GenerateConstraint.Node select (condition, node);

        Check.ForAll(cases, c =>
            Assert.Equal(Interpreter.Holds(c.condition, c.node), GenerateConstraint.Parse(Printer.Print(c.condition)).Matches(c.node)));
    }

    [Fact]
    public void Fill_AnyNodes_IsWhatMatchesSaysOfEach()
    {
        var cases = from condition in GenerateConstraint.Conditions from nodes in GenerateConstraint.Nodes select (condition, nodes);

        Check.ForAll(cases, c =>
        {
            var expression = GenerateConstraint.Parse(Printer.Print(c.condition));

            Assert.Equal(c.nodes.Select(expression.Matches), Enumerable.Range(0, c.nodes.Length).Select(BitsOf(expression, c.nodes)));
        });
    }

    [Fact]
    public void Fill_DeMorgan_Holds()
    {
        var cases =
            from left in GenerateConstraint.Conditions
            from right in GenerateConstraint.Conditions
            from nodes in GenerateConstraint.Nodes
            select (left: Printer.Print(left), right: Printer.Print(right), nodes);

        Check.ForAll(cases.Where(c => c.left.Length + c.right.Length < ConstraintLimits.Length - 100), c =>
        {
            AssertSame($"not(({c.left}) and ({c.right}))", $"not({c.left}) or not({c.right})", c.nodes);
            AssertSame($"not(({c.left}) or ({c.right}))", $"not({c.left}) and not({c.right})", c.nodes);
        });
    }

    private static void AssertSame(string one, string other, NodeFacts[] nodes) => Assert.Equal(MaskOf(one, nodes), MaskOf(other, nodes));

    private static ulong[] MaskOf(string text, NodeFacts[] nodes)
    {
        var mask = new ulong[ConstraintExpression.MaskLength(nodes.Length)];
        GenerateConstraint.Parse(text).Fill(nodes, mask);
        return mask;
    }

    private static Func<int, bool> BitsOf(ConstraintExpression expression, NodeFacts[] nodes)
    {
        var mask = new ulong[ConstraintExpression.MaskLength(nodes.Length)];
        expression.Fill(nodes, mask);
        return node => (mask[node / 64] >> (node % 64) & 1) == 1;
    }
}
