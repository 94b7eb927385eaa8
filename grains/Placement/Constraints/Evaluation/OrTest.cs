namespace OrleansCluster.Placement.Constraints.Evaluation;

internal sealed class OrTest(Test left, Test right) : Test
{
    public override ulong Evaluate(ReadOnlySpan<NodeFacts> nodes, ulong asked)
    {
        var matching = left.Evaluate(nodes, asked);
        return matching == asked ? asked : matching | right.Evaluate(nodes, asked & ~matching);
    }
}
