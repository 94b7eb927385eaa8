using System.Collections.Immutable;
using System.Text.Json;
using OrleansCluster.Grains.Storage;
using OrleansCluster.Grains.Teams;

namespace OrleansCluster.Grains.ResourceManagement;

internal sealed partial class ClusterStateGrain
{
    /// <summary>What is asked for at a time at the most.</summary>
    private static readonly TimeSpan _longestUsage = TimeSpan.FromDays(366);

    public Task<Refusal?> PutTeams(TeamSet teams) => ChangeTeams(state =>
    {
        var faults = TeamValidator.Validate(teams, state.Teams.Declared);
        if (!faults.IsEmpty)
            return (Refusal.Invalid("The teams have faults", faults), null);
        var durable = state.Teams.Published.Select(team => team.Spec).OfType<TeamSpec>().ToHashSet();
        ImmutableArray<TeamSpec> changed = [.. teams.Teams.Where(spec => !durable.Contains(spec))];
        return (null, changed.IsEmpty ? null : state.Put(changed, Draft("team.declared", string.Join(',', changed.Select(spec => spec.Name)))));
    });

    public Task<Refusal?> DeleteTeam(string team, string? etag) => ChangeTeams(state =>
    {
        if (state.Teams.Book.Find(team) is not { Spec: not null } account)
            return (Refusal.NotFound($"There is no team {team} in cluster {Cluster}."), null);
        if (etag is not null && etag != $"{state.Teams.ETagOf(team)}")
            return (Refusal.Conflict($"Team {team} has changed: it is at ETag {state.Teams.ETagOf(team)}."), null);
        if (account.Children.Count > 0)
            return (Refusal.Conflict($"Team {team} has children: {string.Join(", ", account.Children.Select(child => child.Name))}."), null);
        return (null, state.Withdraw(team, Draft("team.deleted", team)));
    });

    public async Task<ImmutableArray<TeamUsage>> ReadUsage(DateTimeOffset from, DateTimeOffset to)
    {
        to = Earlier(to, clock.GetUtcNow());
        from = to - from > _longestUsage ? to - _longestUsage : from;
        while (true)
        {
            await UpToDate();
            var state = _state;
            var ended = await state.Usage.Read(store, from, to);

            // In the same turn as what has ended was summed up: a claim is in one of the two.
            if (ReferenceEquals(state, _state))
                return UsageSums.Of(ended.Concat(state.RunningUsage(from, to)));
        }
    }

    /// <summary>As nodes are changed: one transaction, tried again after lost races.</summary>
    private async Task<Refusal?> ChangeTeams(Func<ClusterState, (Refusal? Refusal, StateChange? Change)> decide)
    {
        for (var attempt = 1; attempt <= Tries; attempt++)
        {
            await EnsureLast();
            await UpToDate();
            var (refusal, change) = decide(_state);
            if (refusal is not null || change is null || (await Write(change, []) && !_isStale))
                return refusal;
        }

        throw new StoreUnavailableException($"The change of teams lost {Tries} races in the store; try again.");
    }

    private EventDraft Draft(string type, string subject) => new(clock.GetUtcNow(), type, subject, "", JsonSerializer.Serialize(new { }, ClusterJson.Options));

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
