namespace OrleansCluster.Grains.Teams;

/// <summary>Entries into teams' accounts that are only tried: what comes after is held to them, and <see cref="Undo()"/> takes all of them out again.</summary>
internal sealed class TeamTrial
{
    private readonly List<(TeamAccount Team, ResourceTotals Amounts)> _entries = [];

    public void Add(TeamAccount team, ResourceTotals amounts)
    {
        team.Add(amounts, claims: 0);
        _entries.Add((team, amounts));
    }

    public int Count => _entries.Count;

    public void Undo() => Undo(0);

    /// <summary>All but the first so many.</summary>
    public void Undo(int kept)
    {
        for (var i = _entries.Count - 1; i >= kept; i--)
            _entries[i].Team.Add(ResourceTotals.Zero - _entries[i].Amounts, claims: 0);
        _entries.RemoveRange(kept, _entries.Count - kept);
    }
}
