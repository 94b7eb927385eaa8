using System.Collections.Immutable;

namespace OrleansCluster.Mutations.List;

/// <summary>That teams get no more than their maximums.</summary>
internal static class TeamMutations
{
    private const string Committer = "grains/Resources/ClusterStateGrain.cs";
    private const string Check = "grains/Resources/TeamCheck.cs";
    private const string Draw = "grains/Scheduling/FairDraw.cs";

    public static ImmutableArray<Mutation> All { get; } =
    [
        new(
            "team-maximum-unchecked",
            "The committer takes claims past their team's maximum, and schedulers ask for them.",
            300,
            new Edit.OfExpression(Check, "state.Teams.Book.HasLimits ? new TeamCheck(state) : null", "null"),
            new Edit.OfExpression(Draw, "TeamRules.CheckMaximum(lane.Account, lane.Wanted) ?? TeamRules.CheckReserved(book, lane.Account, lane.Wanted, lane.Band, free - _sum)", "null")),
        new(
            "team-claims-not-entered",
            "The claims of one transaction do not count for those behind them.",
            300,
            new Edit.OfStatements(Check, "_trial.Add(_state.Teams.Book.Of(request.Team), amounts);", "")),
        new(
            "team-sums-forgotten",
            "A committer that reads the cluster anew does not know what its teams use.",
            300,
            new Edit.OfStatements("grains/Resources/ClusterState.cs", "state.Teams.Add(claim.Claim);", "")),
        new(
            "team-ledger-unfenced",
            "A committer that another one has followed goes on to take claims of the same teams on other nodes.",
            1000,
            new Edit.OfExpression(Committer, "peers.IsOnly || await _hold.IsMine(CancellationToken.None)", "true"),
            new Edit.OfExpression(Committer, "peers.IsOnly ? unit : unit with { Checks = [_hold.ToCheck()] }", "unit")),
    ];
}
