namespace OrleansCluster.Silo.Agent;

/// <summary>
/// Stops a node's containers when its lease has run out and the agent itself cannot: because its process is gone, or stands still. It lives outside
/// of that process. Those that are to be kept it leaves alone.
/// </summary>
public interface IFenceGuard
{
    /// <summary>Called with every lease that is granted; without another call the containers are stopped when that time is over.</summary>
    void Extend(TimeSpan remaining);

    /// <summary>Whether the guard has stopped that container: its end is not its program's doing.</summary>
    /// <param name="containerId">As the runtime calls it.</param>
    bool HasFenced(string containerId);
}
