using System.Collections.Immutable;
using OrleansCluster.Grains.Runtime;

namespace OrleansCluster.Silo.Hosting.Clustering;

internal sealed class MembershipPeers(IClusterMembershipService membership, ILocalSiloDetails silo) : ISiloPeers
{
    public string Self { get; } = silo.SiloAddress.ToParsableString();

    public ImmutableArray<string> Others =>
    [
        .. membership.CurrentSnapshot.Members.Values
            .Where(m => m.Status == SiloStatus.Active && !m.SiloAddress.Equals(silo.SiloAddress))
            .Select(m => m.SiloAddress.ToParsableString()),
    ];
}
