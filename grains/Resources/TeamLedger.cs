using System.Collections.Immutable;
using OrleansCluster.Grains.Teams;

namespace OrleansCluster.Grains.ResourceManagement;

/// <summary>
/// The teams as the committer keeps them: <see cref="Book"/> is what the next transaction is validated against, writes in flight included; what is published
/// is known to be durable. Sums are those of the claims, so they are written with them and never beside them.
/// </summary>
internal sealed class TeamLedger
{
    private readonly SortedDictionary<string, (TeamPublication Newest, long At)> _published = new(StringComparer.Ordinal);

    /// <summary>Of each team, what has been given back and is not known to be durable: it may come to nothing, so no claim may rest on it.</summary>
    private readonly Dictionary<string, ResourceTotals> _leaving = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _etags = new(StringComparer.Ordinal);
    private long _sequence;

    public TeamBook Book { get; } = new();

    public IEnumerable<TeamSpec> Declared => Book.Accounts.Select(account => account.Spec).OfType<TeamSpec>();

    /// <summary>What is durable.</summary>
    public IEnumerable<TeamSnapshot> Published => _published.Values.Select(each => each.Newest.Snapshot);

    /// <summary>Of the declaration, writes in flight included; 0 where there is none.</summary>
    public long ETagOf(string team) => _etags.GetValueOrDefault(team);

    public void Declare(TeamSpec spec, long etag)
    {
        Book.Declare(spec);
        _etags[spec.Name] = etag;
    }

    public void Withdraw(string team)
    {
        Book.Withdraw(team);
        _etags.Remove(team);
    }

    public void Add(Claim claim) => Book.Of(claim.Team).Add(TeamAmounts.Of(claim), 1);

    public void Remove(Claim claim)
    {
        var amounts = TeamAmounts.Of(claim);
        Book.Of(claim.Team).Add(ResourceTotals.Zero - amounts, -1);
        _leaving[claim.Team] = _leaving.GetValueOrDefault(claim.Team, ResourceTotals.Zero) + amounts;
    }

    /// <summary>It is durable that they were given back.</summary>
    public void HaveLeft(IEnumerable<Claim> claims)
    {
        foreach (var claim in claims)
            _leaving[claim.Team] = _leaving[claim.Team] - TeamAmounts.Of(claim);
    }

    /// <summary>What of the team's, and its children's, has been given back and is not known to be durable.</summary>
    public ResourceTotals LeavingOf(TeamAccount team) =>
        team.Children.Aggregate(_leaving.GetValueOrDefault(team.Name, ResourceTotals.Zero), (sum, child) => sum + _leaving.GetValueOrDefault(child.Name, ResourceTotals.Zero));

    public ImmutableArray<TeamPublication> ToPublications(IEnumerable<string> teams) => [.. teams.Distinct(StringComparer.Ordinal).Select(ToPublication)];

    public void Publish(ImmutableArray<TeamPublication> publications, long version)
    {
        foreach (var publication in publications)
        {
            var team = publication.Snapshot.Name;
            if (!_published.TryGetValue(team, out var before) || before.Newest.Sequence < publication.Sequence)
                _published[team] = (publication, version);
        }
    }

    public ImmutableArray<TeamSnapshot> ReadSince(long version) =>
        [.. _published.Values.Where(each => each.At > version).Select(each => each.Newest.Snapshot)];

    private TeamPublication ToPublication(string team)
    {
        var account = Book.Of(team);
        return new TeamPublication(
            new TeamSnapshot { Name = team, Spec = account.Spec, Used = account.Own, Claims = account.Claims, ETag = ETagOf(team) }, ++_sequence);
    }
}
