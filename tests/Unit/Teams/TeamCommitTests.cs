using OrleansCluster.Grains.ResourceManagement;
using OrleansCluster.Grains.Storage;
using static OrleansCluster.Tests.Unit.ResourceManagement.ClusterStateSamples;
using static OrleansCluster.Tests.Unit.Teams.Sample;

namespace OrleansCluster.Tests.Unit.Teams;

public sealed class TeamCommitTests
{
    private static readonly DateTimeOffset _now = new(2026, 1, 1, 10, 30, 0, TimeSpan.Zero);

    [Fact]
    public void Validate_ClaimsOnTwoNodes_TogetherDoNotPassTheMaximum()
    {
        var state = Declared(Team("default", max: 1000));

        var verdict = ClaimValidator.Validate(state, Transaction(Request("a", "n1", 600), Request("b", "n2", 600), Request("c", "n2", 400)));

        Assert.Equal([true, false, true], verdict.Outcomes.Select(outcome => outcome.IsCommitted));
        var rejection = verdict.Outcomes[1].Rejection!;
        Assert.Equal((ClaimRejectionReason.TeamLimit, "cpu of team default", 200L), (rejection.Reason, rejection.Dimension, rejection.Shortfall));

        // A verdict alone enters nothing.
        Assert.Equal(0, state.Teams.Book.Of("default").Sum.Cpu);
    }

    [Fact]
    public void Remove_Claim_GivesItsShareBackAndAccountsForItByTheHour()
    {
        var state = Declared(Team("default", max: 1000));
        state.Publish(state.Add(ClaimValidator.Validate(state, Transaction(Request("a", "n1", 600, 100)), _now).Accepted));
        Assert.False(ClaimValidator.Validate(state, Transaction(Request("b", "n2", 600))).Outcomes[0].IsCommitted);

        var change = state.Remove([state.FindClaim("a#1")!], _now.AddHours(1).AddSeconds(1));

        // It may come to nothing yet.
        Assert.False(ClaimValidator.Validate(state, Transaction(Request("b", "n2", 600))).Outcomes[0].IsCommitted);
        state.Publish(change);

        Assert.True(ClaimValidator.Validate(state, Transaction(Request("b", "n2", 600))).Outcomes[0].IsCommitted);
        Assert.Equal(["2026-01-01T10Z", "2026-01-01T11Z"], change.Unit.States.Select(write => write.Index.Status));
        Assert.All(change.Unit.States, write => Assert.Equal(("team-usage", "default", 0L), (write.Kind, write.Index.Parent, write.ExpectedETag)));
        Assert.Contains("\"cpu\":1080000000", change.Unit.States[0].Json, StringComparison.Ordinal);
        Assert.Contains("\"cpu\":1080600000", change.Unit.States[1].Json, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadSince_TeamsClaims_AreShownOnceTheyAreDurable()
    {
        var state = Declared(Team("default", max: 1000));
        var before = state.Version;
        var change = state.Add(ClaimValidator.Validate(state, Transaction(Request("a", "n1", 600))).Accepted);
        Assert.Empty(state.ReadSince(before).Teams);

        state.Publish(change);

        var team = Assert.Single(state.ReadSince(before).Teams);
        Assert.Equal((600L, 1, 1000L), (team.Used.Cpu, team.Claims, team.Spec!.Maximum!.Cpu!.Value));
        Assert.Empty(state.ReadSince(state.Version).Teams);
    }

    [Fact]
    public void Load_Claims_AreAddedUpByTeam()
    {
        var state = Declared();
        var change = state.Add(ClaimValidator.Validate(state, Transaction(Request("a", "n1", 600), Request("b", "n1", 100) with { Team = "other" })).Accepted);

        var loaded = ClusterState.Load("test", "second", new ClusterRows([.. change.Unit.Nodes.Select(write => write.Row)], change.Unit.ClaimsAdded), [(Team("other", max: 100), 3)]);

        Assert.Equal((600L, 100L, 3L), (loaded.Teams.Book.Of("default").Sum.Cpu, loaded.Teams.Book.Of("other").Sum.Cpu, loaded.Teams.ETagOf("other")));
        Assert.Equal(["default", "other"], loaded.ReadSince(ClusterVersion.None).Teams.Select(team => team.Name));
    }

    [Fact]
    public void Validate_ProductionBeyondItsGuarantee_LeavesWhatOthersAreGuaranteed()
    {
        var state = Declared(Team("web", min: 1500));
        var production = Request("a", "n1", 600) with { Priority = 80 };

        Assert.Equal("cpu guaranteed to other teams", ClaimValidator.Validate(state, Transaction(production)).Outcomes[0].Rejection!.Dimension);
        Assert.True(ClaimValidator.Validate(state, Transaction(production with { Priority = 50 })).Outcomes[0].IsCommitted);
        Assert.True(ClaimValidator.Validate(state, Transaction(production with { Team = "web" })).Outcomes[0].IsCommitted);
    }

    private static ClusterState Declared(params TeamSpec[] teams) => ClusterState.Load(
        "test", "first", new ClusterRows([RowOf("n1", 1000, 1000), RowOf("n2", 1000, 1000)], []), [.. teams.Select(team => (team, 1L))]);
}
