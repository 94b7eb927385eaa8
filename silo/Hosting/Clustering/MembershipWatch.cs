using OrleansCluster.Grains.Runtime;

namespace OrleansCluster.Silo.Hosting.Clustering;

/// <summary>
/// Has everything with work left woken as soon as a silo has gone: what lived on it would otherwise sleep until the recovery grain's slow timer.
/// </summary>
internal sealed class MembershipWatch(
    SiloOptions options, IClusterMembershipService membership, ISiloPeers peers, IGrainFactory grains, LoopRunner loops) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => loops.Run("membership", options.Cluster, Watch, stoppingToken);

    private async Task Watch(CancellationToken cancellationToken)
    {
        await grains.GetGrain<ISiloGrain>(GrainKeys.Silo(peers.Self)).Ensure();
        var known = new HashSet<SiloAddress>();
        await foreach (var snapshot in membership.MembershipUpdates.WithCancellation(cancellationToken))
        {
            var active = snapshot.Members.Values.Where(m => m.Status == SiloStatus.Active).Select(m => m.SiloAddress).ToHashSet();
            if (!known.IsSubsetOf(active))
                await grains.GetGrain<IRecoveryGrain>(GrainKeys.Recovery(options.Cluster)).Wake();
            known = active;
        }
    }
}
