using System.Collections.Immutable;

namespace OrleansCluster.Silo.Agent;

/// <summary>Runs the agents of this host beside the silo: off the grains' schedulers, and without touching the containers when it stops.</summary>
internal sealed class AgentService(ImmutableArray<NodeAgent> agents) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(agents.Select(agent => agent.Run(stoppingToken)));
}
