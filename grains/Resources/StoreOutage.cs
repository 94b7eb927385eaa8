using OrleansCluster.Grains.Runtime;

namespace OrleansCluster.Grains.ResourceManagement;

/// <summary>
/// Tells a store that is away from a silo that is cut off. While no silo at all reaches the store, none can take a node over or place a task
/// anew, so leases may be granted without it, and a database's restart stops no tasks. A silo that alone cannot reach it must not grant any.
/// </summary>
internal sealed class StoreOutage(ISiloPeers peers, IGrainFactory grains)
{
    /// <summary>
    /// Whether every other silo answers that it does not reach the store either. One that does not answer may well reach it; and a silo that knows of no
    /// other may just not have heard of one that has joined since.
    /// </summary>
    public async Task<bool> IsGeneral() =>
        peers.IsOnly || (!peers.Others.IsEmpty && Array.TrueForAll(await Task.WhenAll(peers.Others.Select(Misses)), misses => misses));

    private async Task<bool> Misses(string silo)
    {
        try
        {
            return await grains.GetGrain<ISiloGrain>(GrainKeys.Silo(silo)).ReachesStore() == false;
        }
        catch (Exception exception) when (exception is TimeoutException or OrleansException)
        {
            return false;
        }
    }
}
