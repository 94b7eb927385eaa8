using System.Collections.Immutable;
using OrleansCluster.Testing;

namespace OrleansCluster.Tests.Simulation;

/// <summary>What a framework claims without tasks is its own until it launches on it, gives it back, or the time is over, whatever happens to silos meanwhile.</summary>
public sealed class FrameworkClaimScenarioTests : IAsyncLifetime
{
    private const string Name = "f";
    private static readonly Resources _size = new(4000, 8192, 0);
    private static readonly Resources _most = new(3500, 64, 0);
    private readonly SimulatedCluster _cluster = SimulatedCluster.Create(11);

    public async ValueTask InitializeAsync()
    {
        await _cluster.AddNode("n1", _size);
        await _cluster.Call(grains => Of(grains).Register(new FrameworkSpec { Name = Name, FailoverTimeout = 600, OfferTimeout = 60 }, "a-token-of-sixteen"));
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Claim_WhileItStands_IsTakenForAllOthersAndFreeForItsLaunch()
    {
        var claimed = await Claim("c1");
        var other = await Launch("l1", []);
        var own = await Launch("l2", [claimed.Claim]);
        var again = await Launch("l3", [claimed.Claim]);

        Assert.Equal("n1", claimed.Node);
        Assert.Equal((ClaimRejectionReason.DoesNotFit, "f/c1"), (other.Rejection!.Reason, other.Rejection.TakenBy));
        Assert.True(own.IsCommitted);
        Assert.Equal(ClaimRejectionReason.OfferGone, again.Rejection!.Reason);
    }

    [Fact]
    public async Task Claim_SameTransactionAgain_ClaimsNothingMore()
    {
        var first = await Claim("c1");
        var again = await Claim("c1");
        var second = await Claim("c2");

        Assert.Equal((first, true), (again, first.IsCommitted));
        Assert.Equal((ClaimRejectionReason.DoesNotFit, "cpu"), (second.Rejection!.Reason, second.Rejection.Dimension));
    }

    [Fact]
    public async Task Claim_Released_IsFreeAtOnce()
    {
        var claimed = await Claim("c1");

        Assert.Null(await _cluster.Call(grains => Of(grains).Release([claimed.Claim])));
        Assert.True((await Launch("l1", [])).IsCommitted);
        Assert.Equal("/claims/0", (await _cluster.Call(grains => Of(grains).Release([OfferId.OfClaim("other", "t", 0)])))!.Faults[0].Path);
    }

    [Fact]
    public async Task Claim_ThatNobodyAnswers_EndsInItsTimeAndItsFrameworkIsTold()
    {
        var stream = (await _cluster.Call(grains => Of(grains).Subscribe(wantsOffers: false))).Value!.Stream;
        var claimed = await Claim("c1", hold: 30);
        var began = _cluster.Time;
        var after = 0L;
        var rescinded = "";
        await _cluster.Until(
            async () =>
            {
                foreach (var happened in (await _cluster.Call(grains => Of(grains).Next(stream, after, TimeSpan.FromSeconds(1), CancellationToken.None))).Events)
                    (after, rescinded) = (happened.Sequence, happened.Rescinded ?? rescinded);
                return rescinded.Length > 0;
            },
            "the claim's time is over");

        Assert.Equal(claimed.Claim, rescinded);
        Assert.InRange(_cluster.Time - began, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(34));
        Assert.True((await Launch("l1", [])).IsCommitted);
    }

    [Fact]
    public async Task Claim_SiloIsKilled_StandsForItsTimeAndNoLonger()
    {
        var claimed = await Claim("c1", hold: 120);
        RestartSilo();

        Assert.Equal(ClaimRejectionReason.DoesNotFit, (await Launch("l1", [])).Rejection!.Reason);
        Assert.True((await Launch("l2", [claimed.Claim])).IsCommitted);

        // Nobody's books know this one, and it says itself when it ends.
        await _cluster.Call(grains => Of(grains).Kill("l2"));
        await _cluster.Until(async () => (await Claim("c2", hold: 120)).IsCommitted, "the task's room is free");
        RestartSilo();
        _cluster.Advance(TimeSpan.FromSeconds(100));
        Assert.False((await Launch("l3", [])).IsCommitted);
        _cluster.Advance(TimeSpan.FromSeconds(70));
        Assert.True((await Launch("l4", [])).IsCommitted);
    }

    [Fact]
    public async Task Teardown_AfterARestart_GivesClaimsBack()
    {
        await Claim("c1", hold: 3_600);
        RestartSilo();
        await _cluster.Call(grains => Of(grains).Teardown());
        await _cluster.Until(async () => await _cluster.Call(async grains => await Of(grains).Get() is null), "it is gone");

        await _cluster.Call(grains => Of(grains).Register(new FrameworkSpec { Name = Name }, "a-token-of-sixteen"));
        Assert.True((await Launch("l1", [])).IsCommitted);
    }

    [Fact]
    public async Task Claim_OfWrongShape_NamesAllFaults()
    {
        var refusal = (await _cluster.Call(grains => Of(grains).Claim(new FrameworkClaims
        {
            TransactionId = "",
            HoldSeconds = 3_601,
            Claims =
            [
                new FrameworkClaim { Node = "", Resources = new Resources(0, 64, -1) },
                new FrameworkClaim { Node = "n1", Resources = _most, Ports = [new HostPort(0, PortProtocol.Tcp), new HostPort(80, PortProtocol.Tcp), new HostPort(80, PortProtocol.Tcp)] },
            ],
        }))).Refusal!;

        Assert.Equal(
            ["/transactionId", "/claims/0/node", "/claims/0/resources/cpu", "/claims/0/resources/disk", "/claims/1/ports/0/port", "/claims/1/ports/2", "/holdSeconds"],
            refusal.Faults.Select(fault => fault.Path));
    }

    private void RestartSilo()
    {
        _cluster.KillSilo("n1");
        _cluster.Advance(TimeSpan.FromSeconds(3));
    }

    private async Task<FrameworkClaimOutcome> Claim(string transaction, int? hold = null) => (await _cluster.Call(grains => Of(grains).Claim(new FrameworkClaims
    {
        TransactionId = transaction,
        HoldSeconds = hold,
        Claims = [new FrameworkClaim { Node = "n1", Resources = _most }],
    }))).Value!.Claims[0];

    private async Task<FrameworkOutcome> Launch(string name, ImmutableArray<string> offers) => (await _cluster.Call(grains => Of(grains).Launch(new FrameworkLaunch
    {
        TransactionId = name,
        Offers = offers,
        Tasks =
        [
            new FrameworkTask
            {
                Name = name,
                Node = "n1",
                Containers = [new ContainerSpec { Name = "main", Image = "app", Command = ["sleep", "1000000"], Resources = new Resources(1000, 64, 0), StopTimeout = 2 }],
            },
        ],
    }))).Value!.Tasks[0];

    private static IFrameworkGrain Of(IGrainFactory grains) => grains.GetGrain<IFrameworkGrain>(GrainKeys.Framework("default", Name));
}
