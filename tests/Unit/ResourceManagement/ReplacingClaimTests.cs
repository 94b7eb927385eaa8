using OrleansCluster.Grains.ResourceManagement;
using static OrleansCluster.Tests.Unit.ResourceManagement.ClusterStateSamples;

namespace OrleansCluster.Tests.Unit.ResourceManagement;

/// <summary>Claims that take the place of an offer.</summary>
public sealed class ReplacingClaimTests
{
    private static readonly string _offer = OfferId.Of("fw", "a", 1);

    [Fact]
    public void Validate_ClaimsInPlaceOfAnOffer_FitWhereOnlyItsRoomIsLeft()
    {
        var state = WithOffer();

        Assert.False(ClaimValidator.Validate(state, Transaction(Request("t", "n1", 600))).Outcomes[0].IsCommitted);
        var verdict = ClaimValidator.Validate(state, Replacing(Request("t", "n1", 600), Request("u", "n1", 500)));

        Assert.Equal([true, false], verdict.Outcomes.Select(outcome => outcome.IsCommitted));
        Assert.Equal(_offer, Assert.Single(verdict.Replaced).Claim.TaskId);
        var change = state.Replace(verdict.Replaced, verdict.Accepted, DateTimeOffset.UnixEpoch);
        Assert.Equal((1, 1), (change.Unit.ClaimsAdded.Length, change.Unit.ClaimsRemoved.Length));
        state.Publish(change);
        var node = Assert.Single(state.ReadSince(default).Nodes);
        Assert.Equal((600, 1, 0), (node.Claimed.Cpu, node.ClaimCount, node.OfferCount));
    }

    [Fact]
    public void Validate_OfferThatIsGone_RefusesWhatIsNewAndKnowsWhatIsThere()
    {
        var state = WithOffer();
        var transaction = Replacing(Request("t", "n1", 600));
        var verdict = ClaimValidator.Validate(state, transaction);
        state.Publish(state.Replace(verdict.Replaced, verdict.Accepted, DateTimeOffset.UnixEpoch));

        Assert.True(Assert.Single(ClaimValidator.Validate(state, transaction).Outcomes).IsCommitted);
        var late = ClaimValidator.Validate(state, Replacing(Request("late", "n1", 100)));

        Assert.Equal(ClaimRejectionReason.OfferGone, late.Outcomes[0].Rejection!.Reason);
        Assert.Empty(late.Accepted);
    }

    [Fact]
    public void Validate_ClaimOfATask_IsNobodysToReplace()
    {
        var state = StateOf(("n1", 1000, 100));
        Apply(state, Transaction(Request("job.task.0", "n1", 1000)));

        var verdict = ClaimValidator.Validate(state, Transaction(Request("t", "n1", 600)) with { Replaces = [new ClaimRelease("job.task.0", 1)] });

        Assert.Empty(verdict.Replaced);
        Assert.Equal(ClaimRejectionReason.OfferGone, verdict.Outcomes[0].Rejection!.Reason);
    }

    [Fact]
    public void Validate_NothingInPlaceOfAnOffer_GivesItBack()
    {
        var state = WithOffer();

        var verdict = ClaimValidator.Validate(state, Replacing());
        state.Publish(state.Replace(verdict.Replaced, verdict.Accepted, DateTimeOffset.UnixEpoch));

        Assert.Equal(default, Assert.Single(state.ReadSince(default).Nodes).Claimed);
    }

    private static ClaimTransaction Replacing(params ClaimRequest[] claims) => Transaction(claims) with { Replaces = [new ClaimRelease(_offer, 1)] };

    private static ClusterState WithOffer()
    {
        var state = StateOf(("n1", 1000, 100));
        Apply(state, Transaction(Request(_offer, "n1", 1000, 100) with { Definition = OfferId.Definition }));
        return state;
    }
}
