using System.Collections.Immutable;

namespace OrleansCluster.Grains.Frameworks;

/// <summary>What is offered to it: told, answered, expired. The claims behind are durable and are given back by the grain that made them.</summary>
internal sealed partial class FrameworkGrain
{
    private static readonly TimeSpan _wantPeriod = TimeSpan.FromSeconds(5);

    private readonly SortedDictionary<string, Offer> _offers = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, DateTimeOffset> _refused = new(StringComparer.Ordinal);
    private bool _takesOffers;
    private bool _isSuppressed;
    private DateTimeOffset _wantedAt;

    private IOffersGrain OffersGrain => grains.GetGrain<IOffersGrain>(GrainKeys.Offers(Cluster));

    private bool WantsOffers => _takesOffers && !_isSuppressed && _stream is { IsOpen: true } && _record is { IsRemoved: false };

    public Task<ImmutableArray<string>> Offered(ImmutableArray<Offer> offers)
    {
        if (!WantsOffers)
            return Task.FromResult<ImmutableArray<string>>([]);
        foreach (var offer in offers)
            _offers[offer.Id] = offer;
        _stream!.Tell(offers);
        _news.Set();
        return Task.FromResult<ImmutableArray<string>>([.. offers.Select(offer => offer.Id)]);
    }

    public Task Rescind(ImmutableArray<string> offers)
    {
        foreach (var offer in offers.Where(offer => _offers.Remove(offer) | _claims.Remove(offer) || OfferId.IsClaim(offer)))
            _stream?.TellRescinded(offer);
        _news.Set();
        return Task.CompletedTask;
    }

    public Task<ImmutableArray<Offer>> ReadOffers(ImmutableArray<string> offers) =>
        Task.FromResult<ImmutableArray<Offer>>([.. offers.Distinct(StringComparer.Ordinal).Select(offer => _offers.GetValueOrDefault(offer)).OfType<Offer>()]);

    public async Task<Refusal?> Decline(ImmutableArray<string> offers, double refuseSeconds)
    {
        if (Admit() is { } refusal)
            return refusal;
        if (FrameworkValidator.RefuseFault(refuseSeconds) is { } fault)
            return Refusal.Invalid("The request has a fault.", [new Fault("/refuseSeconds", fault)]);
        var declined = Take(offers);
        Refuse(declined, refuseSeconds);
        await OffersGrain.Declined([.. declined.Select(offer => offer.Id)]);
        return null;
    }

    public async Task<Refusal?> Revive()
    {
        if (Admit() is { } refusal)
            return refusal;
        _isSuppressed = false;
        _refused.Clear();
        await Want();
        return null;
    }

    public async Task<Refusal?> Suppress()
    {
        if (Admit() is { } refusal)
            return refusal;
        _isSuppressed = true;
        await OffersGrain.Leave(Name);
        return null;
    }

    private void BeginOffers(bool takesOffers)
    {
        // What was offered to who listened before is not known to who listens now.
        _ = ReturnOffers();
        (_takesOffers, _isSuppressed, _wantedAt) = (takesOffers, false, default);
        _refused.Clear();
        LookSoon();
    }

    private async Task LookAfterOffers()
    {
        var now = clock.GetUtcNow();
        ImmutableArray<string> expired =
        [
            .. _offers.Values.Where(offer => offer.ExpiresAt <= now).Select(offer => offer.Id),
            .. _claims.Where(claim => claim.Value.Until <= now).Select(claim => claim.Key),
        ];
        if (!expired.IsEmpty)
            await OffersGrain.Return(expired);
        if (WantsOffers && now - _wantedAt >= _wantPeriod)
            await Want();
    }

    private async Task Want()
    {
        if (!WantsOffers)
            return;
        var now = _wantedAt = clock.GetUtcNow();
        foreach (var node in _refused.Where(refused => refused.Value <= now).Select(refused => refused.Key).ToList())
            _refused.Remove(node);
        await OffersGrain.Want(new FrameworkDemand { Spec = _record!.Spec, Used = _tasks.Used, Refused = _refused.ToImmutableSortedDictionary(StringComparer.Ordinal) });
    }

    private async Task ReturnOffers()
    {
        ImmutableArray<string> offers = [.. _offers.Keys];
        _offers.Clear();
        if (_takesOffers)
            await OffersGrain.Leave(Name);
        if (!offers.IsEmpty)
            await OffersGrain.Declined(offers);
    }

    /// <summary>Those that are its own, which are nobody's to answer any more.</summary>
    private ImmutableArray<Offer> Take(ImmutableArray<string> ids)
    {
        var taken = ImmutableArray.CreateBuilder<Offer>();
        foreach (var id in ids.IsDefault ? [] : ids)
        {
            if (_offers.Remove(id, out var offer))
                taken.Add(offer);
        }

        return taken.ToImmutable();
    }

    private void Refuse(ImmutableArray<Offer> offers, double seconds)
    {
        var until = clock.GetUtcNow().AddSeconds(seconds);
        foreach (var offer in offers.Where(_ => seconds > 0))
            _refused[offer.Node] = until;
        if (!offers.IsEmpty)
            _wantedAt = default;
        LookSoon();
    }
}
