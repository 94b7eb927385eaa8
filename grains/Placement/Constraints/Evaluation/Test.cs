namespace OrleansCluster.Placement.Constraints.Evaluation;

/// <summary>A condition made ready to be asked of up to 64 nodes at once.</summary>
internal abstract class Test
{
    /// <summary>Bit <c>i</c> stands for node <c>i</c>. Returns those of <paramref name="asked"/> that match; no other is looked at.</summary>
    public abstract ulong Evaluate(ReadOnlySpan<NodeFacts> nodes, ulong asked);
}
