namespace OrleansCluster.Grains.Teams;

/// <summary>
/// Dominant resource fairness (Ghodsi et al., NSDI 2011): a team's share is that of the resource of which it has the largest part, and what is given out
/// next goes to the team with the smallest share for its weight. Parents are compared by their sums first, then the children of the one that was chosen.
/// </summary>
internal static class FairShare
{
    public static double DominantShare(ResourceTotals used, ResourceTotals capacity, out int dimension)
    {
        var largest = 0.0;
        dimension = -1;
        for (var each = 0; each < TeamAmounts.Dimensions.Length; each++)
        {
            var share = capacity.In(each) > 0 ? (double)used.In(each) / capacity.In(each) : 0;
            if (share > largest)
                (largest, dimension) = (share, each);
        }

        return largest;
    }

    /// <summary>Less than 0 where the first of the two has the next request coming to it, 0 where fairness does not tell.</summary>
    public static int Compare(TeamAccount a, TeamAccount b, ResourceTotals capacity)
    {
        if (ReferenceEquals(a, b))
            return 0;
        if (!ReferenceEquals(a.Root, b.Root))
            return Weighted(a.Root, a.Root.Sum, capacity).CompareTo(Weighted(b.Root, b.Root.Sum, capacity));
        return Weighted(a, capacity).CompareTo(Weighted(b, capacity));
    }

    /// <summary>Beside its children, a parent is one more team, with what are its own claims and the weight 1.</summary>
    private static double Weighted(TeamAccount team, ResourceTotals capacity) =>
        team.Parent is null ? DominantShare(team.Own, capacity, out _) : Weighted(team, team.Sum, capacity);

    private static double Weighted(TeamAccount team, ResourceTotals used, ResourceTotals capacity) =>
        DominantShare(used, capacity, out _) / team.Weight;
}
