using System.Collections.Immutable;

namespace OrleansCluster.Silo.Agent.Simulated;

/// <summary>Programs say themselves whether they are well; checks only find it out, by the same rules as real ones.</summary>
public sealed partial class SimulatedRuntime
{
    public async Task<string?> Probe(string id, HealthCheckSpec check, CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        lock (_lock)
            return _containers.TryGetValue(id, out var container) ? container.Fault : $"No such container: {id}";
    }

    /// <summary>The containers that run and have a health check, whether it would succeed now, and since when.</summary>
    internal ImmutableArray<(ContainerInfo Info, bool IsWell, DateTimeOffset Since)> Checked()
    {
        lock (_lock)
        {
            return
            [
                .. from container in _containers.Values
                   where container is { Info.Status: ContainerStatus.Running, Launch.Spec.HealthCheck: not null }
                   select (container.Info, container.IsWell, container.MoodSince),
            ];
        }
    }

    /// <summary>One of the runtime's own checks: a command in the container, or what its image brings.</summary>
    private void CheckHealth(SimulatedContainer container)
    {
        lock (_lock)
        {
            if (container.Check())
                Publish(container);
        }
    }
}
