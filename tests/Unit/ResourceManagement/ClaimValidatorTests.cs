using OrleansCluster.Grains.ResourceManagement;
using static OrleansCluster.Tests.Unit.ResourceManagement.ClusterStateSamples;

namespace OrleansCluster.Tests.Unit.ResourceManagement;

public sealed class ClaimValidatorTests
{
    [Fact]
    public void Validate_ClaimsThatFit_AreAcceptedInOrder()
    {
        var verdict = ClaimValidator.Validate(StateOf(("n1", 1000, 100)), Transaction(Request("a", "n1", 600), Request("b", "n1", 400)));

        Assert.Equal(["a", "b"], verdict.Accepted.Select(c => c.Claim.TaskId));
        Assert.All(verdict.Outcomes, o => Assert.Equal("n1", o.Node));
    }

    [Fact]
    public void Validate_ClaimsOfOneTransactionThatExceedTheNodeTogether_RejectsTheLast()
    {
        var verdict = ClaimValidator.Validate(StateOf(("n1", 1000, 100)), Transaction(Request("a", "n1", 600), Request("b", "n1", 500)));

        Assert.True(verdict.Outcomes[0].IsCommitted);
        var rejection = Assert.IsType<ClaimRejection>(verdict.Outcomes[1].Rejection);
        Assert.Equal((ClaimRejectionReason.DoesNotFit, "cpu", 100), (rejection.Reason, rejection.Dimension, rejection.Shortfall));
    }

    [Fact]
    public void Validate_NodeTakenByAnother_NamesTheTransactionThatTookIt()
    {
        var state = StateOf(("n1", 1000, 100));
        Apply(state, Transaction(Request("a", "n1", 900)) with { Scheduler = "service", TransactionId = "t9" });

        var verdict = ClaimValidator.Validate(state, Transaction(Request("b", "n1", 200)));

        Assert.Equal("service/t9", verdict.Outcomes[0].Rejection!.TakenBy);
        Assert.Equal(state.Version, verdict.Outcomes[0].Rejection!.RefreshTo);
    }

    [Fact]
    public void Validate_SamePort_RejectsTheSecond()
    {
        var port = new HostPort(8080, PortProtocol.Tcp);

        var verdict = ClaimValidator.Validate(
            StateOf(("n1", 1000, 100)), Transaction(Request("a", "n1", 1, 1, 1, port), Request("b", "n1", 1, 1, 1, port)));

        Assert.True(verdict.Outcomes[0].IsCommitted);
        Assert.Equal("port 8080/TCP", verdict.Outcomes[1].Rejection!.Dimension);
    }

    [Fact]
    public void Validate_AttemptThatHasAClaim_AnswersWithItsNodeAndWritesNothing()
    {
        var state = StateOf(("n1", 1000, 100), ("n2", 1000, 100));
        Apply(state, Transaction(Request("a", "n1", 900)));

        var verdict = ClaimValidator.Validate(state, Transaction(Request("a", "n2", 900)));

        Assert.Equal("n1", verdict.Outcomes[0].Node);
        Assert.Empty(verdict.Accepted);
    }

    [Fact]
    public void Validate_SameAttemptTwiceInOneTransaction_IsOneClaim()
    {
        var verdict = ClaimValidator.Validate(
            StateOf(("n1", 1000, 100), ("n2", 1000, 100)), Transaction(Request("a", "n1", 900), Request("a", "n2", 900)));

        Assert.Single(verdict.Accepted);
        Assert.All(verdict.Outcomes, o => Assert.Equal("n1", o.Node));
    }

    [Fact]
    public void Validate_AllOrNothingWithOneThatDoesNotFit_AcceptsNone()
    {
        var gang = Transaction(Request("a", "n1", 600), Request("b", "n1", 600)) with { Mode = CommitMode.AllOrNothing };

        var verdict = ClaimValidator.Validate(StateOf(("n1", 1000, 100)), gang);

        Assert.Empty(verdict.Accepted);
        Assert.Equal([ClaimRejectionReason.GangRefused, ClaimRejectionReason.DoesNotFit], verdict.Outcomes.Select(o => o.Rejection!.Reason));
    }

    [Fact]
    public void Validate_CoarseAndTheNodeHasMoved_RejectsWhatWouldFit()
    {
        var state = StateOf(("n1", 1000, 100));
        Apply(state, Transaction(Request("a", "n1", 1)));
        var decidedEarlier = Request("b", "n1", 1) with { NodeETag = 1 };

        var fine = ClaimValidator.Validate(state, Transaction(decidedEarlier));
        var coarse = ClaimValidator.Validate(state, Transaction(decidedEarlier) with { Detection = ConflictDetection.Coarse });

        Assert.True(fine.Outcomes[0].IsCommitted);
        Assert.Equal(ClaimRejectionReason.NodeChanged, coarse.Outcomes[0].Rejection!.Reason);
    }

    [Theory]
    [InlineData(NodeStatus.Draining)]
    [InlineData(NodeStatus.Lost)]
    public void Validate_NodeThatTakesNoClaims_Rejects(NodeStatus status)
    {
        var state = ClusterState.Load("test", "first", new Grains.Storage.ClusterRows([RowOf("n1", 1000, 100, status)], []));

        var verdict = ClaimValidator.Validate(state, Transaction(Request("a", "n1", 1), Request("b", "unknown", 1)));

        Assert.All(verdict.Outcomes, o => Assert.Equal(ClaimRejectionReason.NodeUnavailable, o.Rejection!.Reason));
    }
}
