using System.Collections.Immutable;

namespace OrleansCluster.Grains.ResourceManagement.Preemption;

/// <summary>Those who would leave one node for a task, and what that costs.</summary>
internal sealed record VictimChoice(HypotheticalNode Node, ImmutableArray<Claim> Victims, PriorityBand Highest, TimeSpan Cost, int Attempts)
{
    /// <summary>
    /// No more than are needed: taken from the lowest band and the lowest cost upwards until the task fits, and then each of them is kept, the dearest first,
    /// without which it fits, too. Null where it does not fit whoever leaves. The node is as it was afterwards.
    /// </summary>
    /// <param name="check">Whether the task fits on the node as it is.</param>
    public static VictimChoice? On(HypotheticalNode node, Func<Claim, bool> mayTake, Func<bool> check, VictimCosts costs)
    {
        var candidates = node.Claims.OrderBy(claim => PriorityBands.Of(claim.Priority))
            .ThenBy(costs.Of)
            .ThenBy(claim => claim.Attempt)
            .ThenBy(claim => claim.Id, StringComparer.Ordinal)
            .ToList();
        var gone = new List<Claim>();
        foreach (var claim in candidates)
        {
            if (check())
                break;

            // Asked now: with each that leaves, less of its team's is above a guarantee.
            if (!mayTake(claim))
                continue;
            node.Remove(claim);
            gone.Add(claim);
        }

        var fits = check();
        for (var i = gone.Count - 1; i >= 0 && fits; i--)
        {
            node.Restore(gone[i]);
            if (check())
                gone.RemoveAt(i);
            else
                node.Remove(gone[i]);
        }

        foreach (var claim in gone)
            node.Restore(claim);
        return !fits ? null : new VictimChoice(
            node,
            [.. gone],
            gone.Select(claim => PriorityBands.Of(claim.Priority)).DefaultIfEmpty().Max(),
            gone.Aggregate(TimeSpan.Zero, (sum, claim) => sum + costs.Of(claim)),
            gone.Sum(claim => claim.Attempt - 1));
    }

    /// <summary>Whether it costs less than another: a lower band rather than a higher one, then less work, fewer attempts that were ended before, fewer tasks.</summary>
    public bool IsBetterThan(VictimChoice? other) =>
        other is null || (Highest, Cost, Attempts, Victims.Length).CompareTo((other.Highest, other.Cost, other.Attempts, other.Victims.Length)) < 0;
}
