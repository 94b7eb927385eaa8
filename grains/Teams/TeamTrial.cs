namespace OrleansCluster.Grains.Teams;

/// <summary>Entries into teams' accounts that are only tried: what comes after is held to them, and <see cref="Undo"/> takes all of them out again.</summary>
internal sealed class TeamTrial
{
    private readonly List<(TeamAccount Team, ResourceTotals Amounts)> _entries = [];

    public void Add(TeamAccount team, ResourceTotals amounts)
    {
        team.Add(amounts, claims: 0);
        _entries.Add((team, amounts));
    }

    public void Undo()
    {
        foreach (var (team, amounts) in _entries)
            team.Add(ResourceTotals.Zero - amounts, claims: 0);
        _entries.Clear();
    }
}
