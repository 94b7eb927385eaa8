using OrleansCluster.Grains.Teams;

namespace OrleansCluster.Grains.ResourceManagement;

/// <summary>
/// The ledger's part of a transaction's validation. What it accepts is entered at once, so that the claims behind are checked against it, and taken out again
/// at the end: the verdict may be refused as a whole, or be a preview.
/// </summary>
internal sealed class TeamCheck
{
    private readonly ClusterState _state;
    private readonly TeamTrial _trial = new();
    private ResourceTotals _sum;
    private ResourceTotals? _free;

    private TeamCheck(ClusterState state) => _state = state;

    /// <summary><see langword="null"/> where no team has limits.</summary>
    public static TeamCheck? Begin(ClusterState state) => state.Teams.Book.HasLimits ? new TeamCheck(state) : null;

    public ClaimRejection? Check(ClaimRequest request)
    {
        var (book, wanted, band) = (_state.Teams.Book, TeamAmounts.Of(request), PriorityBands.Of(request.Priority));
        var team = book.Of(request.Team);
        var shortfall = TeamRules.CheckMaximum(team, wanted, _state.Teams.LeavingOf);
        if (shortfall is null && !PriorityBands.MayBorrow(band))
            shortfall = TeamRules.CheckReserved(book, team, wanted, band, (_free ??= _state.Free()) - _sum);
        return shortfall is not { } found
            ? null
            : new ClaimRejection
            {
                Reason = ClaimRejectionReason.TeamLimit,
                Dimension = found.IsReserved ? $"{found.Name} guaranteed to other teams" : $"{found.Name} of team {found.Team}",
                Shortfall = found.Missing,
                RefreshTo = _state.Version,
            };
    }

    public void Take(ClaimRequest request)
    {
        var amounts = TeamAmounts.Of(request);
        _trial.Add(_state.Teams.Book.Of(request.Team), amounts);
        _sum += amounts;
    }

    /// <summary>What is given back by the transaction itself; its claims may rest on that.</summary>
    public void GiveBack(Claim claim)
    {
        var amounts = ResourceTotals.Zero - TeamAmounts.Of(claim);
        _trial.Add(_state.Teams.Book.Of(claim.Team), amounts);
        _sum += amounts;
    }

    public void Undo() => _trial.Undo();
}
