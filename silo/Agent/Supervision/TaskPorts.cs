using System.Collections.Immutable;
using System.Net;

namespace OrleansCluster.Silo.Agent.Supervision;

/// <summary>Where a task's containers are reached.</summary>
internal static class TaskPorts
{
    /// <summary>On the node's own network the runtime publishes nothing: the containers' ports are the node's.</summary>
    public static ImmutableArray<PublishedPort> Of(ContainerView view, TaskDefinition definition, string address)
    {
        if (view.Status != ContainerStatus.Running || definition.Containers.FirstOrDefault(spec => spec.Name == view.Name) is not { Ports.IsEmpty: false } spec)
            return [];
        return definition.Network == NetworkMode.Host
            ? [.. spec.Ports.Select(port => new PublishedPort { Container = port.Container, Host = port.Host, Protocol = port.Protocol, Address = address })]
            : InOrder(view.Ports, spec.Ports, address);
    }

    /// <summary>Nobody but this host reaches a node at loopback, so nothing else need be published.</summary>
    public static string PublishAt(string address) => IPAddress.TryParse(address, out var parsed) && IPAddress.IsLoopback(parsed) ? address : "";

    /// <summary>In the definition's order: its first port is the one that is meant where none is named.</summary>
    private static ImmutableArray<PublishedPort> InOrder(ImmutableArray<PublishedPort> published, ImmutableArray<PortMapping> wanted, string address) =>
    [
        .. published.OrderBy(port => IndexOf(wanted, port)).Select(port => port with { Address = address }),
    ];

    private static int IndexOf(ImmutableArray<PortMapping> wanted, PublishedPort port)
    {
        for (var i = 0; i < wanted.Length; i++)
        {
            if (wanted[i].Container == port.Container && wanted[i].Protocol == port.Protocol)
                return i;
        }

        return wanted.Length;
    }
}
