using OrleansCluster.Grains.Teams;

namespace OrleansCluster.Grains.ResourceManagement.Preemption;

/// <summary>
/// The ledger as it would be while a plan is made: each claim that leaves lowers its team's sum, so that nobody is asked for more than what is above a
/// guarantee. It is the committer's own, as it was again after <see cref="Undo"/>.
/// </summary>
internal sealed class HypotheticalTeams(TeamBook book)
{
    private readonly TeamTrial _trial = new();

    public void Add(Claim claim) => Change(claim.Team, TeamAmounts.Of(claim));

    public void Add(PlacementRequest request) => Change(request.Team, TeamAmounts.Of(request));

    public void Remove(Claim claim) => Change(claim.Team, ResourceTotals.Zero - TeamAmounts.Of(claim));

    /// <summary>Whether the request has a claim coming to it, by which it may recall what others have borrowed.</summary>
    public bool IsGuaranteed(PlacementRequest request) => book.HasLimits && TeamRules.IsGuaranteed(book.Of(request.Team), TeamAmounts.Of(request));

    /// <summary>By its band, or by its team's guarantee. What is within the guarantee of the team that has it leaves only for what is guaranteed itself.</summary>
    public bool MayTake(PlacementRequest request, bool isGuaranteed, Claim claim)
    {
        // What is offered to a framework is that one's alone until it answers, unless it may be contested.
        if (claim.IsOffer && !OfferId.IsContestable(claim.Definition))
            return false;
        var isHigher = PreemptionRules.MayTake(request.Priority, claim);
        if (!book.HasLimits || (isHigher && isGuaranteed))
            return isHigher;
        var (asker, holder, held) = (book.Of(request.Team), book.Of(claim.Team), TeamAmounts.Of(claim));
        return isHigher
            ? !TeamRules.IsGuaranteedAlready(holder, held)
            : isGuaranteed && TeamRules.MayRecall(asker, TeamAmounts.Of(request), holder, held, PriorityBands.Of(claim.Priority));
    }

    /// <summary>How much has been entered, to go back to.</summary>
    public int Mark() => _trial.Count;

    public void GoBack(int mark) => _trial.Undo(mark);

    public void Undo() => _trial.Undo();

    private void Change(string team, ResourceTotals amounts)
    {
        if (book.HasLimits)
            _trial.Add(book.Of(team), amounts);
    }
}
