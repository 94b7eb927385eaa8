using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Orleans.Placement;
using OrleansCluster.Grains.Runtime;
using OrleansCluster.Grains.Storage;

namespace OrleansCluster.Grains.Frameworks;

/// <summary>
/// Claims what is free for frameworks that want offers, and gives back what they do not answer. What is offered is known by its claims; what its predecessor has offered nobody can
/// answer any more as it was meant, so that is given back at first.
/// </summary>
[HashBasedPlacement]
internal sealed partial class OffersGrain(
    ITransactionalStore store,
    ISiloPeers peers,
    IIdSource ids,
    TimeProvider clock,
    IGrainFactory grains,
    ILogger<OffersGrain> logger) : ClusterGrain, IOffersGrain
{
    private const int IncarnationLength = 8;
    private const int ClaimsAtOnce = 500;
    private static readonly TimeSpan _period = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _sweepPeriod = TimeSpan.FromSeconds(30);

    /// <summary>How long a framework's word holds that it wants offers, and how long after its end an offer is left to its framework to give back.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(15);

    private readonly SortedDictionary<string, (FrameworkDemand Demand, DateTimeOffset At)> _demands = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Offer> _offers = new(StringComparer.Ordinal);
    private readonly OfferAllocator _allocator = new();
    private ActivationHold _hold = null!;
    private string _incarnation = "";
    private ClusterVersion _version;
    private IGrainTimer? _timer;
    private DateTimeOffset _sweptAt;
    private long _issued;
    private bool _isLooking;

    private IClusterViewGrain View => grains.GetGrain<IClusterViewGrain>(GrainKeys.Cluster(Cluster));

    private IClusterStateGrain State => grains.GetGrain<IClusterStateGrain>(GrainKeys.Cluster(Cluster));

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _incarnation = ids.NewId(IncarnationLength);
        _hold = new ActivationHold(store, ActivationHold.Offers, this.GetPrimaryKeyString(), _incarnation);
        await _hold.Take(cancellationToken);
        _timer = this.RegisterGrainTimer(Look, new GrainTimerCreationOptions(TimeSpan.Zero, _period) { Interleave = true, KeepAlive = true });
    }

    public Task Want(FrameworkDemand demand)
    {
        _demands[demand.Spec.Name] = (demand, clock.GetUtcNow());
        _timer?.Change(TimeSpan.Zero, _period);
        return Task.CompletedTask;
    }

    public Task Leave(string framework)
    {
        _demands.Remove(framework);
        return Task.CompletedTask;
    }

    public async Task Return(ImmutableArray<string> offers)
    {
        ImmutableArray<string> mine = [.. offers.Where(OfferId.Is).Distinct(StringComparer.Ordinal)];
        if (mine.IsEmpty)
            return;
        foreach (var framework in mine.GroupBy(OfferId.FrameworkOf, StringComparer.Ordinal))
            await grains.GetGrain<IFrameworkGrain>(GrainKeys.Framework(Cluster, framework.Key)).Rescind([.. framework]);
        await Declined(mine);
    }

    public async Task Declined(ImmutableArray<string> offers)
    {
        if (offers.IsEmpty)
            return;
        await State.Release([.. offers.Select(offer => new ClaimRelease(offer, 1))]);
        await UsedUp(offers);
    }

    public Task UsedUp(ImmutableArray<string> offers)
    {
        foreach (var offer in offers)
            _offers.Remove(offer);
        return Task.CompletedTask;
    }

    public async Task ReturnAll(string framework)
    {
        var all = await View.Read(ClusterVersion.None, isFresh: true, TimeSpan.Zero, CancellationToken.None);
        foreach (var node in all.Nodes.Where(node => node.OfferCount > 0))
            await Declined(await OffersOf(node.Name, claim => OfferId.FrameworkOf(claim.TaskId) == framework));
    }

    public Task Ensure() => Task.CompletedTask;

    private async Task Look(CancellationToken cancellationToken)
    {
        if (_isLooking)
            return;
        _isLooking = true;
        try
        {
            if (!peers.IsOnly && !await _hold.IsMine(cancellationToken))
            {
                DeactivateOnIdle();
                return;
            }

            await Offer(cancellationToken);
        }
        finally
        {
            _isLooking = false;
        }
    }

    private async Task Offer(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        foreach (var silent in _demands.Where(demand => demand.Value.At + _patience <= now).Select(demand => demand.Key).ToList())
            _demands.Remove(silent);
        var isSwept = now - _sweptAt < _sweepPeriod;
        if (isSwept && _demands.Count == 0 && _offers.Count == 0)
            return;
        var delta = await View.Read(_version, isFresh: true, TimeSpan.Zero, cancellationToken);
        _allocator.Apply(delta);
        _version = delta.Version;
        if (!isSwept)
            await Sweep(now);
        await Return([.. _offers.Values.Where(offer => offer.ExpiresAt + _patience <= now || !_allocator.IsActive(offer.Node)).Select(offer => offer.Id)]);
        var allocations = _allocator.Allocate([.. _demands.Values.Select(demand => demand.Demand)], now);
        foreach (var some in allocations.Chunk(ClaimsAtOnce))
            await Offer(some, now);
    }

    private async Task Offer(IReadOnlyList<OfferAllocation> allocations, DateTimeOffset now)
    {
        ImmutableArray<Offer> offers = [.. allocations.Select(allocation => allocation.ToOffer(OfferId.Of(allocation.Framework.Name, _incarnation, ++_issued), now))];
        var transaction = new ClaimTransaction
        {
            Scheduler = "offers",
            TransactionId = $"{_incarnation}-{_issued}",
            DecidedOn = _version,
            Claims = [.. allocations.Zip(offers).Select(x => x.First.ToClaim(x.Second))],
        };
        var outcomes = await State.Commit(transaction);
        var committed = allocations.Zip(offers, outcomes).Where(x => x.Third.IsCommitted).ToList();
        foreach (var (_, offer, _) in committed)
            _offers[offer.Id] = offer;
        foreach (var framework in committed.GroupBy(x => x.First.Framework.Name, x => x.Second, StringComparer.Ordinal))
            await Tell(framework.Key, [.. framework]);
    }

    private async Task Tell(string framework, ImmutableArray<Offer> offers)
    {
        ImmutableArray<string> taken = [];
        try
        {
            taken = await grains.GetGrain<IFrameworkGrain>(GrainKeys.Framework(Cluster, framework)).Offered(offers);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogNotTold(logger, exception, Cluster, framework);
        }

        if (taken.Length < offers.Length)
        {
            _demands.Remove(framework);
            await Return([.. offers.Select(offer => offer.Id).Except(taken, StringComparer.Ordinal)]);
        }
    }

    /// <summary>
    /// Claims of offers that are nobody's: those of a predecessor, those that were committed though no answer said so, and what frameworks have claimed themselves and is over.
    /// </summary>
    private async Task Sweep(DateTimeOffset now)
    {
        foreach (var node in _allocator.NodesWithOffers().ToList())
            await Return(await OffersOf(node, claim => !_offers.ContainsKey(claim.TaskId) && !StandsByItself(claim, now)));

        _sweptAt = now;
    }

    private async Task<ImmutableArray<string>> OffersOf(string node, Func<Claim, bool> which) =>
        await State.ReadNode(node) is { } claims ? [.. claims.Claims.Where(claim => claim.IsOffer && which(claim)).Select(claim => claim.TaskId)] : [];

    /// <summary>Its framework ends it in time; what is left then is what nobody knows of any more.</summary>
    private bool StandsByItself(Claim claim, DateTimeOffset now) => OfferId.UntilOf(claim.Definition) is { } until && until + _patience > now && _allocator.IsActive(claim.Node);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Cluster {Cluster}: framework {Framework} could not be told of its offers, which are given back")]
    private static partial void LogNotTold(ILogger logger, Exception exception, string cluster, string framework);
}
