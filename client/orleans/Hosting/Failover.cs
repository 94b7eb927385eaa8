using Orleans.Configuration;

namespace OrleansCluster.Client.Hosting;

/// <summary>
/// How soon the others see that a silo has died: in about two seconds, where Orleans's defaults take ten and more. A silo that was declared dead
/// by mistake (it was silent for that long) ends itself and is started anew, and its containers run on meanwhile.
/// </summary>
internal static class Failover
{
    public static void Configure(ClusterMembershipOptions membership)
    {
        membership.ProbeTimeout = TimeSpan.FromMilliseconds(500);
        membership.NumMissedProbesLimit = 3;

        // Without a limit of its own, the time that a probe may take adapts to up to four times the above.
        membership.MaxProbeTimeout = TimeSpan.FromSeconds(1);

        // With two votes, two silos of which one has died would never agree. Whoever is voted out wrongly joins again.
        membership.NumVotesForDeathDeclaration = 1;
        membership.TableRefreshTimeout = TimeSpan.FromSeconds(5);

        // A silo that starts must reach all that the table calls active, but for those whose last sign of life is older than three of these.
        membership.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(2);
        membership.MaxJoinAttemptTime = TimeSpan.FromMinutes(2);
    }

    /// <summary>
    /// The directory would keep the dead silo's grains from coming back for half a minute, in case it still lives. Here that is no danger: what two
    /// activations write is decided by ETags in the store, and leases are granted by the holder alone that stands there.
    /// </summary>
    public static void Configure(GrainDirectoryOptions directory) => directory.RangeLeaseDuration = TimeSpan.Zero;
}
