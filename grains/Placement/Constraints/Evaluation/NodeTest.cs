using System.Numerics;

namespace OrleansCluster.Placement.Constraints.Evaluation;

/// <summary>Asks one node after the other.</summary>
internal sealed class NodeTest(Predicate<NodeFacts> matches) : Test
{
    public override ulong Evaluate(ReadOnlySpan<NodeFacts> nodes, ulong asked)
    {
        var matching = 0UL;
        for (var left = asked; left != 0; left &= left - 1)
        {
            var node = BitOperations.TrailingZeroCount(left);
            if (matches(nodes[node]))
                matching |= 1UL << node;
        }

        return matching;
    }
}
