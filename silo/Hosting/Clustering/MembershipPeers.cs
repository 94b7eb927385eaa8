using System.Collections.Immutable;
using Orleans.Runtime.Placement;
using OrleansCluster.Grains.Runtime;

namespace OrleansCluster.Silo.Hosting.Clustering;

/// <summary>Silos of services beside ours are members, but no peers: they have no store to ask for, and no grain of ours can move to one.</summary>
internal sealed class MembershipPeers(
    IClusterMembershipService membership, IClusterManifestProvider manifests, ILocalSiloDetails silo, IGrainFactory grains) : ISiloPeers
{
    public string Self { get; } = silo.SiloAddress.ToParsableString();

    public bool IsOnly => false;

    public ImmutableArray<string> Others =>
        [.. membership.CurrentSnapshot.Members.Keys.Where(IsOther).Where(IsOurs).Select(address => address.ToParsableString())];

    public void Move(IGrainBase grain, string silo)
    {
        if (!SiloAddress.TryParse(silo, null, out var target) || !IsOther(target))
            return;
        RequestContext.Set(IPlacementDirector.PlacementHintKey, target);
        grain.MigrateOnIdle();
    }

    /// <summary>A silo of which nobody knows yet what it has may well be one of ours.</summary>
    private bool IsOurs(SiloAddress address) =>
        !manifests.Current.Silos.TryGetValue(address, out var manifest)
        || manifest.Grains.ContainsKey(grains.GetGrain<ISiloGrain>(GrainKeys.Silo(Self)).GetGrainId().Type);

    private bool IsOther(SiloAddress address) =>
        !address.Equals(silo.SiloAddress) && membership.CurrentSnapshot.GetSiloStatus(address) == SiloStatus.Active;
}
