namespace OrleansCluster.Silo.Agent;

/// <summary>For container runtimes whose containers end with the agent's process.</summary>
public sealed class NoFenceGuard : IFenceGuard
{
    public void Extend(TimeSpan remaining)
    {
        // Nothing is left to stop.
    }

    public bool HasFenced(string containerId) => false;
}
