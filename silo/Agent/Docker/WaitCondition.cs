namespace OrleansCluster.Silo.Agent.Docker;

internal enum WaitCondition
{
    /// <summary>It does not run: it has ended, or was never started.</summary>
    NotRunning,

    /// <summary>It ends after this call: to be waited for before it is started.</summary>
    NextExit,
    Removed,
}
