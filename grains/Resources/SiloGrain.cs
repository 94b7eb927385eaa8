using Orleans.Placement;
using OrleansCluster.Grains.Runtime;
using OrleansCluster.Grains.Storage;

namespace OrleansCluster.Grains.ResourceManagement;

[PreferLocalPlacement, KeepAlive]
internal sealed class SiloGrain(ITransactionalStore store, ISiloPeers peers, TimeProvider clock) : Grain, ISiloGrain
{
    /// <summary>Shorter than the caller waits.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(1);

    public Task Ensure() => Task.CompletedTask;

    public async Task<bool?> ReachesStore()
    {
        if (this.GetPrimaryKeyString() != GrainKeys.Silo(peers.Self))
            return null;
        try
        {
            await store.ReadState(ActivationHold.Node, "", CancellationToken.None).WaitAsync(_patience, clock);
            return true;
        }
        catch (Exception exception) when (exception is StoreUnavailableException or TimeoutException)
        {
            return false;
        }
    }
}
