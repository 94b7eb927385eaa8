using System.Collections.Immutable;

namespace OrleansCluster.Grains.ResourceManagement.Preemption;

/// <summary>Who leaves together: a task alone, or all of a gang, on however many nodes.</summary>
/// <param name="Cost">All of it, whatever part is on the node that is wanted.</param>
internal sealed record VictimGroup(ImmutableArray<(HypotheticalNode Node, Claim Claim)> Members, TimeSpan Cost)
{
    public Claim First => Members[0].Claim;

    public PriorityBand Band { get; } = PriorityBands.Of(Members[0].Claim.Priority);

    /// <summary>Takes all of them out, unless one of them may not be asked to leave; then none.</summary>
    /// <param name="mayTake">Asked before each: with each that leaves, less of its team's is above a guarantee.</param>
    public bool TryRemove(Func<Claim, bool> mayTake)
    {
        for (var i = 0; i < Members.Length; i++)
        {
            var (node, claim) = Members[i];
            if (mayTake(claim))
            {
                node.Remove(claim);
                continue;
            }

            foreach (var (other, gone) in Members.Take(i))
                other.Restore(gone);
            return false;
        }

        return true;
    }

    public void Remove()
    {
        foreach (var (node, claim) in Members)
            node.Remove(claim);
    }

    public void Restore()
    {
        foreach (var (node, claim) in Members)
            node.Restore(claim);
    }
}
