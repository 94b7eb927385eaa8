using System.Collections.Immutable;
using Orleans.Runtime.Placement;
using OrleansCluster.Grains.Runtime;

namespace OrleansCluster.Silo.Hosting.Clustering;

internal sealed class MembershipPeers(IClusterMembershipService membership, ILocalSiloDetails silo) : ISiloPeers
{
    public string Self { get; } = silo.SiloAddress.ToParsableString();

    public ImmutableArray<string> Others =>
        [.. membership.CurrentSnapshot.Members.Keys.Where(IsOther).Select(address => address.ToParsableString())];

    public void Move(IGrainBase grain, string silo)
    {
        if (!SiloAddress.TryParse(silo, null, out var target) || !IsOther(target))
            return;
        RequestContext.Set(IPlacementDirector.PlacementHintKey, target);
        grain.MigrateOnIdle();
    }

    private bool IsOther(SiloAddress address) =>
        !address.Equals(silo.SiloAddress) && membership.CurrentSnapshot.GetSiloStatus(address) == SiloStatus.Active;
}
