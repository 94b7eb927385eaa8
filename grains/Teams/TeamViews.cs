using System.Collections.Immutable;

namespace OrleansCluster.Grains.Teams;

internal static class TeamViews
{
    /// <param name="capacity">Of the nodes that take claims.</param>
    /// <param name="queued">Attempts that wait, by their teams.</param>
    public static ImmutableArray<TeamView> Of(ImmutableArray<TeamSnapshot> teams, ResourceTotals capacity, IReadOnlyDictionary<string, int> queued)
    {
        var book = new TeamBook();
        foreach (var team in teams)
            book.Apply(team);
        foreach (var team in queued.Keys)
            book.Of(team);
        var etags = teams.ToDictionary(team => team.Name, team => team.ETag, StringComparer.Ordinal);
        return
        [
            .. book.Accounts.Where(team => team.Spec is not null || team.Claims > 0 || queued.ContainsKey(team.Name))
                .Select(team => ToView(team, capacity, queued, etags.GetValueOrDefault(team.Name))),
        ];
    }

    private static TeamView ToView(TeamAccount team, ResourceTotals capacity, IReadOnlyDictionary<string, int> queued, long etag)
    {
        var share = FairShare.DominantShare(team.Sum, capacity, out var dimension);
        return new TeamView
        {
            Name = team.Name,
            IsDeclared = team.Spec is not null,
            Parent = team.Spec?.Parent,
            Minimum = team.Spec?.Minimum,
            Maximum = team.Spec?.Maximum,
            Weight = team.Weight,
            Used = team.Sum,
            Claims = team.Claims + team.Children.Sum(child => child.Claims),
            DominantShare = share,
            DominantResource = dimension < 0 ? "" : TeamAmounts.Dimensions[dimension],
            Queued = queued.GetValueOrDefault(team.Name) + team.Children.Sum(child => queued.GetValueOrDefault(child.Name)),
            ETag = etag == 0 ? "" : $"{etag}",
        };
    }
}
