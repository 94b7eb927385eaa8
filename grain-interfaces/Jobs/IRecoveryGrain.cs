using Orleans.Concurrency;

namespace OrleansCluster;

/// <summary>Wakes every live job and node of a cluster after a restart, and again on a slow timer. Key: <see cref="GrainKeys.Recovery"/>.</summary>
[Alias("ocs.IRecoveryGrain")]
public interface IRecoveryGrain : IGrainWithStringKey
{
    /// <summary>Starts the watch, where it does not run yet; called by every silo at its start and now and then.</summary>
    [Alias("Ensure"), OneWay]
    Task Ensure();

    /// <summary>Wakes all of them now: a silo has gone, and what lived on it sleeps.</summary>
    [Alias("Wake")]
    Task Wake();
}
