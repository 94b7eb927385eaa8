using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace OrleansCluster.Grains.Frameworks;

/// <summary>What it has claimed without tasks. The claims are durable and say themselves when they end; the books here are for ending them in time.</summary>
internal sealed partial class FrameworkGrain
{
    private const int TransactionLength = 16;

    private readonly SortedDictionary<string, (string Node, DateTimeOffset Until)> _claims = new(StringComparer.Ordinal);

    public async Task<Answer<FrameworkClaimed>> Claim(FrameworkClaims claims)
    {
        await CatchUp();
        if (Admit() is { } refusal)
            return refusal;
        if (FrameworkClaimsValidator.Validate(claims) is { IsEmpty: false } faults)
            return Refusal.Faulty("The transaction", faults);
        var spec = _record!.Spec;

        // Whole seconds, and no less than was asked for.
        var until = DateTimeOffset.FromUnixTimeSeconds(clock.GetUtcNow().ToUnixTimeSeconds() + 1 + (claims.HoldSeconds ?? spec.OfferTimeout));
        var definition = OfferId.DefinitionOf(spec.Contestable, until);
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(claims.TransactionId)))[..TransactionLength];
        var outcomes = await grains.GetGrain<IClusterStateGrain>(GrainKeys.Cluster(Cluster)).Commit(new ClaimTransaction
        {
            Scheduler = Name,
            TransactionId = claims.TransactionId,
            DecidedOn = claims.DecidedOn,
            Detection = claims.Detection,
            Mode = claims.Mode,
            Claims = [.. claims.Claims.Select((claim, i) => RequestOf(claim, OfferId.OfClaim(spec.Name, name, i), definition, spec))],
        });
        foreach (var outcome in outcomes.Where(outcome => outcome.IsCommitted))
            _claims.TryAdd(outcome.TaskId, (outcome.Node!, until));
        return new FrameworkClaimed([.. outcomes.Select(outcome => new FrameworkClaimOutcome(outcome.TaskId, outcome.Node, outcome.Rejection))]);
    }

    public async Task<Refusal?> Release(ImmutableArray<string> claims)
    {
        await CatchUp();
        if (Admit() is { } refusal)
            return refusal;
        if (FrameworkClaimsValidator.ReleaseFaults(claims, Name) is { IsEmpty: false } faults)
            return Refusal.Faulty("The request", faults);
        ForgetClaims(claims);
        await OffersGrain.Declined(claims);
        LookSoon();
        return null;
    }

    private void ForgetClaims(ImmutableArray<string> claims)
    {
        foreach (var claim in claims)
            _claims.Remove(claim);
    }

    private static ClaimRequest RequestOf(FrameworkClaim claim, string id, string definition, FrameworkSpec spec) => new()
    {
        TaskId = id,
        Attempt = 1,
        Node = claim.Node,
        NodeETag = claim.NodeETag,
        Resources = claim.Resources,
        Extras = claim.Extras,
        Ports = claim.Ports,
        Definition = definition,
        Team = spec.Team,
        Priority = spec.Priority,
    };
}
