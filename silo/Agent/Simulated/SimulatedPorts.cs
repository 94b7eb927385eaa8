using System.Collections.Immutable;

namespace OrleansCluster.Silo.Agent.Simulated;

/// <summary>Hands out ports of a host as a container runtime does: one after the other of the ephemeral ones. Guarded by its runtime's lock.</summary>
internal sealed class SimulatedPorts
{
    private const int First = 32_768;
    private const int Last = 60_999;

    private int _next = First;

    public ImmutableArray<PublishedPort> Publish(ContainerLaunch launch) => launch.Network != NetworkMode.Bridge
        ? []
        : [.. launch.Spec.Ports.Select(port => new PublishedPort { Container = port.Container, Host = port.IsDynamic() ? Next() : port.Host, Protocol = port.Protocol })];

    private int Next()
    {
        var port = _next;
        _next = port == Last ? First : port + 1;
        return port;
    }
}
