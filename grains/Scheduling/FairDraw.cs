using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using OrleansCluster.Grains.Teams;

namespace OrleansCluster.Grains.Scheduling;

/// <summary>
/// Draws a batch, request by request (DRF's progressive filling): first from teams that have the request coming to them by their guarantees. The most urgent
/// request, by priority and waiting, tells which band it is the turn of, so that no band waits for ever behind a higher one; within the band the team with
/// the smallest share for its weight gives its most urgent. What the batch has taken is counted as if it were placed already. With one team that is the
/// order of urgency. A gang is drawn whole, as one request for all that it wants.
/// </summary>
/// <param name="capacity">What teams' shares are shares of.</param>
/// <param name="free">What all nodes together have left.</param>
internal sealed class FairDraw(TeamBook book, ResourceTotals capacity, ResourceTotals free)
{
    /// <summary>A team whose next so many requests would take it past its maximum is not looked at further before the cluster changes.</summary>
    private const int Patience = 64;

    private readonly TeamTrial _trial = new();
    private readonly Dictionary<TeamAccount, int> _refused = [];
    private ResourceTotals _sum;

    /// <summary>What would pass its team's limits.</summary>
    public List<(PlacementRequest Request, TeamShortfall Shortfall)> SetAside { get; } = [];

    public QueueHead Draw(IReadOnlyCollection<TeamLane> lanes, int most)
    {
        var batch = ImmutableArray.CreateBuilder<PlacementRequest>();
        PlacementRequest? first = null;
        var before = 0;
        foreach (var lane in lanes)
            lane.Begin(book.Of(lane.Team), withParked: true);
        while (batch.Count < most && TryChoose(lanes, out var lane))
        {
            var request = lane.Next!;
            if (Check(lane) is { } shortfall)
                Refuse(lane, shortfall, lanes);
            else if (lane.IsNextParked)
            {
                (first, before) = (request, batch.Count);
                foreach (var each in lanes)
                    each.LeaveParked();
            }
            else
            {
                if (lane.Gang is { } gang)
                    batch.AddRange(gang.Members);
                else
                    batch.Add(request);
                Take(lane);
                lane.Advance();
            }
        }

        End(lanes);
        return new QueueHead(batch.ToImmutable(), first, first is null ? batch.Count : before);
    }

    private bool TryChoose(IReadOnlyCollection<TeamLane> lanes, [NotNullWhen(true)] out TeamLane? chosen)
    {
        var guaranteed = book.HasLimits && Any(lanes, IsGuaranteed);
        TeamLane? urgent = null;
        foreach (var lane in lanes)
        {
            if (IsIn(lane, guaranteed) && (urgent is null || PlacementQueue.Order.Compare(lane.Next!, urgent.Next!) < 0))
                urgent = lane;
        }

        chosen = urgent;
        foreach (var lane in lanes)
        {
            if (IsIn(lane, guaranteed) && lane.Band == urgent!.Band && Compare(lane, chosen!) < 0)
                chosen = lane;
        }

        return chosen is not null;
    }

    private int Compare(TeamLane a, TeamLane b) =>
        FairShare.Compare(a.Account, b.Account, capacity) is not 0 and var order ? order : PlacementQueue.Order.Compare(a.Next!, b.Next!);

    private static bool IsIn(TeamLane lane, bool guaranteed) => lane.Next is not null && !lane.IsHeld && (!guaranteed || IsGuaranteed(lane));

    private static bool IsGuaranteed(TeamLane lane) => lane.Next is not null && !lane.IsHeld && TeamRules.IsGuaranteed(lane.Account, lane.Wanted);

    private static bool Any(IReadOnlyCollection<TeamLane> lanes, Func<TeamLane, bool> holds)
    {
        foreach (var lane in lanes)
        {
            if (holds(lane))
                return true;
        }

        return false;
    }

    private TeamShortfall? Check(TeamLane lane) => !book.HasLimits
        ? null
        : TeamRules.CheckMaximum(lane.Account, lane.Wanted) ?? TeamRules.CheckReserved(book, lane.Account, lane.Wanted, lane.Band, free - _sum);

    private void Refuse(TeamLane lane, TeamShortfall shortfall, IReadOnlyCollection<TeamLane> lanes)
    {
        SetAside.Add((lane.Next!, shortfall));
        lane.Advance();
        if (!shortfall.WaitingCanHelp)
            return;
        var refused = _refused[lane.Account] = _refused.GetValueOrDefault(lane.Account) + 1;
        foreach (var each in lanes.Where(each => refused >= Patience && each.Account == lane.Account))
            each.IsHeld = true;
    }

    private void Take(TeamLane lane)
    {
        _trial.Add(lane.Account, lane.Wanted);
        _sum += lane.Wanted;
    }

    private void End(IReadOnlyCollection<TeamLane> lanes)
    {
        _trial.Undo();
        foreach (var lane in lanes)
            lane.End();
    }
}
