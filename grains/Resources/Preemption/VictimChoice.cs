using System.Collections.Immutable;

namespace OrleansCluster.Grains.ResourceManagement.Preemption;

/// <summary>Those who would leave for a task that goes to one node, and what that costs.</summary>
internal sealed record VictimChoice(HypotheticalNode Node, ImmutableArray<VictimGroup> Groups, PriorityBand Highest, TimeSpan Cost, int Attempts)
{
    public IEnumerable<Claim> Victims => Groups.SelectMany(group => group.Members).Select(member => member.Claim);

    /// <summary>
    /// No more than are needed: taken from the lowest band and the lowest cost upwards until the task fits, and then each of them is kept, the dearest first,
    /// without which it fits, too. Null where it does not fit whoever leaves. All nodes are as they were afterwards.
    /// </summary>
    /// <param name="candidates">Who may leave, in any order; each of them has a claim on the node.</param>
    /// <param name="check">Whether the task fits on the node as it is.</param>
    public static VictimChoice? On(HypotheticalNode node, Func<IEnumerable<VictimGroup>> candidates, Func<Claim, bool> mayTake, Func<bool> check)
    {
        if (check())
            return new VictimChoice(node, [], default, TimeSpan.Zero, 0);
        var gone = new List<VictimGroup>();
        var fits = false;
        foreach (var group in candidates().OrderBy(group => group.Band).ThenBy(group => group.Cost).ThenBy(group => group.First.Attempt)
            .ThenBy(group => group.First.Id, StringComparer.Ordinal))
        {
            if (!group.TryRemove(mayTake))
                continue;
            gone.Add(group);
            if (fits = check())
                break;
        }

        for (var i = gone.Count - 1; i >= 0 && fits; i--)
        {
            gone[i].Restore();
            if (check())
                gone.RemoveAt(i);
            else
                gone[i].Remove();
        }

        foreach (var group in gone)
            group.Restore();
        return !fits ? null : new VictimChoice(
            node,
            [.. gone],
            gone.Select(group => group.Band).DefaultIfEmpty().Max(),
            gone.Aggregate(TimeSpan.Zero, (sum, group) => sum + group.Cost),
            gone.Sum(group => group.Members.Sum(member => member.Claim.Attempt - 1)));
    }

    /// <summary>Whether it costs less than another: a lower band rather than a higher one, then less work, fewer attempts that were ended before, fewer tasks.</summary>
    public bool IsBetterThan(VictimChoice? other) =>
        other is null || (Highest, Cost, Attempts, Victims.Count()).CompareTo((other.Highest, other.Cost, other.Attempts, other.Victims.Count())) < 0;
}
