using OrleansCluster.Silo.Entry;
using OrleansCluster.Testing.Silos;

namespace OrleansCluster.Simulator.Workloads;

/// <summary>The ways in to one service: each silo follows its endpoint list as it does in production, and forgets it when it dies.</summary>
internal sealed class HostEntries(WorkloadContext context, string service)
{
    private readonly Dictionary<SimulatedSilo, ServiceDirectory> _directories = [];

    public string Service => service;

    /// <summary>What that silo's host knows of the service; <see langword="null"/> where there is none.</summary>
    /// <exception cref="TimeoutException">The cluster does not say.</exception>
    public Task<ServiceWatch?> Find(SimulatedSilo silo)
    {
        foreach (var dead in _directories.Keys.Where(known => known.Process.IsDead).ToList())
            _directories.Remove(dead);
        if (!_directories.TryGetValue(silo, out var directory))
            _directories.Add(silo, directory = new ServiceDirectory(silo.Engine, silo.Loops, silo.Clock));
        return context.Try(silo, _ => directory.Find(new ServiceAddress(service, context.Cluster.Options.Cluster), CancellationToken.None).AsTask());
    }

    /// <summary>As the service says it now.</summary>
    public Task<ServiceEndpoints?> Ask(SimulatedSilo silo) => context.Try(
        silo,
        _ => silo.Engine.GetGrain<IServiceGrain>(GrainKeys.Service(context.Cluster.Options.Cluster, service)).Endpoints(0, TimeSpan.Zero, CancellationToken.None));
}
