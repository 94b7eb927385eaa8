namespace OrleansCluster.Placement.Constraints.Evaluation;

internal sealed class AndTest(Test left, Test right) : Test
{
    public override ulong Evaluate(ReadOnlySpan<NodeFacts> nodes, ulong asked)
    {
        var matching = left.Evaluate(nodes, asked);
        return matching == 0 ? 0 : right.Evaluate(nodes, matching);
    }
}
