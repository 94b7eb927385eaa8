namespace OrleansCluster.Grains.Teams;

/// <summary>What minimum and maximum mean. The same functions serve schedulers and the committer, so that they never disagree for ever.</summary>
internal static class TeamRules
{
    private static readonly int _dimensions = TeamAmounts.Dimensions.Length;

    /// <summary>What the claim would take past the team's maximum, or its parent's; <see langword="null"/> where it may be taken.</summary>
    public static TeamShortfall? CheckMaximum(TeamAccount team, ResourceTotals wanted) => CheckMaximum(team, wanted, _ => ResourceTotals.Zero);

    /// <param name="leaving">What a team has to be taken to have beside its sum.</param>
    public static TeamShortfall? CheckMaximum(TeamAccount team, ResourceTotals wanted, Func<TeamAccount, ResourceTotals> leaving) =>
        PastMaximum(team, wanted, leaving) ?? (team.Parent is { } parent ? PastMaximum(parent, wanted, leaving) : null);

    /// <summary>
    /// Whether the team has this claim coming to it, by its minimum or by what its parent's leaves to it: it stays within that in every guaranteed dimension
    /// that it wants something of, and there is one.
    /// </summary>
    public static bool IsGuaranteed(TeamAccount team, ResourceTotals wanted) => IsGuaranteed(team, wanted, givenBack: default);

    /// <summary>
    /// Recall: a claim that is guaranteed to a team, and finds no room, may take the place of one that would not be guaranteed to its own team if that asked
    /// for it anew. So what was recalled never recalls in its turn.
    /// </summary>
    /// <param name="band">Of the claim that is held.</param>
    public static bool MayRecall(TeamAccount asker, ResourceTotals wanted, TeamAccount holder, ResourceTotals held, PriorityBand band) =>
        asker != holder && PriorityBands.MayBorrow(band) && IsGuaranteed(asker, wanted) && !IsGuaranteedAlready(holder, held);

    /// <summary>Whether a claim that a team has would be guaranteed to it if it asked for it anew.</summary>
    public static bool IsGuaranteedAlready(TeamAccount holder, ResourceTotals held) => IsGuaranteed(holder, held, givenBack: held);

    /// <summary>
    /// What work that is never asked to give back may not take: a claim beyond its own team's guarantee has to leave free as much as the other teams'
    /// guarantees still lack. Sums over the cluster, not over nodes: whether what is left is in one place is the schedulers' matter.
    /// </summary>
    /// <param name="free">What all nodes together have left.</param>
    public static TeamShortfall? CheckReserved(TeamBook book, TeamAccount team, ResourceTotals wanted, PriorityBand band, ResourceTotals free)
    {
        if (PriorityBands.MayBorrow(band) || IsGuaranteed(team, wanted))
            return null;
        var reserved = ReservedFromOthers(book, team);
        for (var dimension = 0; dimension < _dimensions; dimension++)
        {
            var (kept, ask) = (reserved.In(dimension), wanted.In(dimension));
            if (kept > 0 && ask > 0 && ask > free.In(dimension) - kept)
                return new TeamShortfall(team.Name, dimension, free.In(dimension), kept, ask, IsReserved: true);
        }

        return null;
    }

    /// <summary>What a team's guarantee and its children's still lack.</summary>
    public static ResourceTotals Unused(TeamAccount root) => TeamAmounts.Max(OwnUnused(root), UnusedByChildren(root, but: null));

    private static ResourceTotals UnusedByChildren(TeamAccount team, TeamAccount? but)
    {
        var sum = ResourceTotals.Zero;
        foreach (var child in team.Children)
        {
            if (child != but)
                sum += OwnUnused(child);
        }

        return sum;
    }

    private static bool IsGuaranteed(TeamAccount team, ResourceTotals wanted, ResourceTotals givenBack) =>
        IsWithin(team.Spec?.Minimum, team.Sum + UnusedByChildren(team, but: null) - givenBack, wanted)
        || (team.Parent is { } parent && IsWithin(parent.Spec?.Minimum, parent.Sum + UnusedByChildren(parent, but: team) - givenBack, wanted));

    private static ResourceTotals ReservedFromOthers(TeamBook book, TeamAccount team)
    {
        var reserved = UnusedByChildren(team.Root, but: team);
        foreach (var root in book.Roots)
        {
            if (root != team.Root)
                reserved += Unused(root);
        }

        return reserved;
    }

    private static ResourceTotals OwnUnused(TeamAccount team) =>
        team.Spec?.Minimum is { } minimum ? TeamAmounts.Max(ResourceTotals.Zero, minimum.ToTotals() - team.Sum) : ResourceTotals.Zero;

    private static TeamShortfall? PastMaximum(TeamAccount team, ResourceTotals wanted, Func<TeamAccount, ResourceTotals> leaving)
    {
        if (team.Spec?.Maximum is not { } maximum)
            return null;
        var sum = team.Sum + leaving(team);
        for (var dimension = 0; dimension < _dimensions; dimension++)
        {
            // What is above a maximum that was lowered goes on; only more of it is refused.
            var (used, ask) = (sum.In(dimension), wanted.In(dimension));
            if (maximum.In(dimension) is { } limit && ask > 0 && used + ask > limit)
                return new TeamShortfall(team.Name, dimension, limit, used, ask, IsReserved: false);
        }

        return null;
    }

    private static bool IsWithin(ResourceLimits? minimum, ResourceTotals used, ResourceTotals wanted)
    {
        if (minimum is null)
            return false;
        var asks = false;
        for (var dimension = 0; dimension < _dimensions; dimension++)
        {
            if (minimum.In(dimension) is not { } least || wanted.In(dimension) is not (> 0 and var ask))
                continue;
            if (used.In(dimension) + ask > least)
                return false;
            asks = true;
        }

        return asks;
    }
}
