namespace OrleansCluster.Placement.Constraints.Evaluation;

internal sealed class NotTest(Test inner) : Test
{
    public override ulong Evaluate(ReadOnlySpan<NodeFacts> nodes, ulong asked) => asked & ~inner.Evaluate(nodes, asked);
}
