namespace OrleansCluster.Grains.Teams;

/// <summary>
/// The ledger: what each team has declared and what its claims sum to, with its parent's sum beside it. The committer keeps one over the newest state, a
/// scheduler one over its snapshot; both ask the same rules of it (<see cref="TeamRules"/>, <see cref="FairShare"/>).
/// </summary>
internal sealed class TeamBook
{
    private readonly SortedDictionary<string, TeamAccount> _accounts = new(StringComparer.Ordinal);
    private TeamAccount? _last;
    private int _limited;

    public IEnumerable<TeamAccount> Accounts => _accounts.Values;

    /// <summary>Teams without a parent, in the order of their names.</summary>
    public IEnumerable<TeamAccount> Roots => _accounts.Values.Where(account => account.Parent is null);

    /// <summary>Whether any team has a minimum or a maximum: if not, there is nothing to check.</summary>
    public bool HasLimits => _limited > 0;

    public TeamAccount? Find(string team) => _accounts.GetValueOrDefault(team);

    /// <summary>Its account, made where there is none yet.</summary>
    public TeamAccount Of(string team)
    {
        // Claims come by the hundred from one team.
        if (_last is { } last && last.Name == team)
            return last;
        if (!_accounts.TryGetValue(team, out var account))
            _accounts.Add(team, account = new TeamAccount(team));
        return _last = account;
    }

    public TeamAccount Declare(TeamSpec spec) => Set(Of(spec.Name), spec);

    /// <summary>Its claims go on as an undeclared team's.</summary>
    public TeamAccount Withdraw(string team) => Set(Of(team), null);

    public void Apply(TeamSnapshot snapshot)
    {
        var account = Set(Of(snapshot.Name), snapshot.Spec);
        account.Add(snapshot.Used - account.Own, snapshot.Claims - account.Claims);
    }

    public void Clear()
    {
        _accounts.Clear();
        (_last, _limited) = (null, 0);
    }

    private TeamAccount Set(TeamAccount account, TeamSpec? spec)
    {
        _limited += Limits(spec) - Limits(account.Spec);
        account.Spec = spec;
        var parent = spec?.Parent is { } name ? Of(name) : null;
        if (ReferenceEquals(parent, account.Parent))
            return account;
        if (account.Parent is { } before)
        {
            before.Sum -= account.Own;
            before.Children.Remove(account);
        }

        if (parent is not null)
        {
            parent.Sum += account.Own;
            parent.Children.Add(account);
        }

        account.Parent = parent;
        return account;
    }

    private static int Limits(TeamSpec? spec) => spec is { Minimum: null, Maximum: null } or null ? 0 : 1;
}
