using OrleansCluster.Grains.ResourceManagement;
using OrleansCluster.Grains.Storage;
using OrleansCluster.Tests.Unit.Placement.Extras;
using static OrleansCluster.Tests.Unit.ResourceManagement.ClusterStateSamples;

namespace OrleansCluster.Tests.Unit.ResourceManagement;

/// <summary>The committer gives out GPUs and named amounts: it chooses the devices, and never more than there is.</summary>
public sealed class ExtraCommitTests
{
    private static readonly ExtraCapacity _capacity = Extra.Gpus("A100", "A100") with { Amounts = Extra.Amount("licence", 2) };

    [Fact]
    public void Validate_OneTransaction_GivesEachClaimDevicesOfItsOwn()
    {
        var verdict = ClaimValidator.Validate(Fresh(), Transaction(Share("a", 600), Share("b", 600), Share("c", 400), Whole("d", 1), Share("e", 401)));

        Assert.Equal([true, true, true, false, false], verdict.Outcomes.Select(outcome => outcome.IsCommitted));
        Assert.Equal([new GpuShare("0", 600), new GpuShare("1", 600), new GpuShare("0", 400)], verdict.Accepted.Select(row => row.Claim.Extras!.Gpus.Single()));
        Assert.Equal([("gpu", 1L), ("gpu", 1L)], verdict.Outcomes.Skip(3).Select(o => (o.Rejection!.Dimension, o.Rejection.Shortfall)));
    }

    [Fact]
    public void Validate_ModelsAndAmounts_AreNamedInReceipts()
    {
        var wants = Request("b", "n1", 1) with { Extras = new ExtraDemand { Amounts = Extra.Amount("licence", 3) } };
        var verdict = ClaimValidator.Validate(Fresh(), Transaction(Request("a", "n1", 1) with { Extras = Extra.Whole(1, "T4") }, wants));

        Assert.Equal([("gpu model T4", 1L), ("amount licence", 1L)], verdict.Outcomes.Select(o => (o.Rejection!.Dimension, o.Rejection.Shortfall)));
        Assert.All(verdict.Outcomes, outcome => Assert.Equal(ClaimRejectionReason.DoesNotFit, outcome.Rejection!.Reason));
    }

    [Fact]
    public void Remove_Claim_GivesItsDevicesBack()
    {
        var state = Fresh();
        Apply(state, Transaction(Whole("a", 2) with { Extras = Extra.Whole(2) with { Amounts = Extra.Amount("licence", 2) } }));
        Assert.Equal(2000, Snapshot(state).ExtraClaimed!.Gpus.Sum(share => share.Thousandths));

        var change = state.Remove([state.FindClaim("a#1")!], DateTimeOffset.UnixEpoch);
        state.Publish(change);

        Assert.Null(Snapshot(state).ExtraClaimed);
        Assert.Null(change.Unit.Nodes.Single().Row.ExtraClaimed);
        Assert.True(ClaimValidator.Validate(state, Transaction(Whole("b", 2))).Outcomes[0].IsCommitted);
    }

    [Fact]
    public void Load_StoredClaims_HoldWhatTheyHeld()
    {
        var state = Fresh();
        var change = Apply(state, Transaction(Share("a", 700), Share("b", 500)));

        var loaded = ClusterState.Load("test", "second", new ClusterRows([change.Unit.Nodes.Single().Row], change.Unit.ClaimsAdded));

        Assert.Equal(Snapshot(state).ExtraClaimed, Snapshot(loaded).ExtraClaimed);
        Assert.Equal([false, true], ClaimValidator.Validate(loaded, Transaction(Share("c", 501), Share("d", 500))).Outcomes.Select(o => o.IsCommitted));
    }

    [Fact]
    public void Put_NodeThatOffersMore_KeepsWhatIsClaimed()
    {
        var state = Fresh();
        Apply(state, Transaction(Whole("a", 1)));
        var row = RowOf("n1", 1000, 100) with { ExtraCapacity = Extra.Gpus("A100", "A100", "T4") };

        state.Publish(state.Put(row, new EventDraft(default, "node.joined", "n1", "", "{}")));

        Assert.Equal([new GpuShare("0", 1000)], Snapshot(state).ExtraClaimed!.Gpus);
        Assert.Equal(["1", "2"], ClaimValidator.Validate(state, Transaction(Whole("b", 2))).Accepted.Single().Claim.Extras!.Gpus.Select(share => share.Device));
    }

    [Fact]
    public void FaultsOf_LessThanIsClaimedOrBad_NamesEach()
    {
        var registration = new NodeRegistration
        {
            Node = "n1",
            Capacity = new Resources(1000, 100, 0),
            Session = "s",
            Runtime = "simulated",
            Gpus = [new GpuDevice("0", "T4"), new GpuDevice("0", "")],
            Amounts = Extra.Amount("licence", 1).Add("tape", -1),
        };
        var claimed = new ExtraClaim { Gpus = [new GpuShare("0", 1), new GpuShare("1", 5)], Amounts = Extra.Amount("licence", 2) };

        var faults = NodeChanges.FaultsOf(registration, default, claimed);

        Assert.Equal(["/gpus", "/amounts/tape", "/gpus", "/amounts/licence"], faults.Select(fault => fault.Path));
        Assert.Contains("GPU 1 is not offered, but 5 thousandths", faults[2].Message);
        Assert.Empty(NodeChanges.FaultsOf(registration with { Gpus = _capacity.Gpus, Amounts = _capacity.Amounts }, default, claimed));
    }

    private static ClusterState Fresh() => ClusterState.Load("test", "first", new ClusterRows([RowOf("n1", 1000, 100) with { ExtraCapacity = _capacity }], []));

    private static NodeSnapshot Snapshot(ClusterState state) => state.FindNode("n1")!.Published!.Snapshot;

    private static ClaimRequest Share(string task, int thousandths) => Request(task, "n1", 1) with { Extras = Extra.Share(thousandths) };

    private static ClaimRequest Whole(string task, int count) => Request(task, "n1", 1) with { Extras = Extra.Whole(count) };
}
