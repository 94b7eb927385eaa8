using System.Collections.Immutable;

namespace OrleansCluster.Grains.Tasks.Validation;

internal static class PortRules
{
    public const int LargestPort = 65_535;

    public static void Check(FaultList faults, ImmutableArray<Item<ContainerSpec>> containers, NetworkMode network)
    {
        var first = new Dictionary<HostPort, string>();
        foreach (var container in containers)
        {
            foreach (var (path, port) in faults.Items($"{container.Path}/ports", container.Value.Ports, SpecLimits.PortsPerContainer))
            {
                CheckPort(faults, path, port, network);
                if (!port.IsDynamic() && !first.TryAdd(new HostPort(port.Host, port.Protocol), path))
                    faults.Add($"{path}/host", $"host port {port.Host} is published already at {first[new HostPort(port.Host, port.Protocol)]}: expected host ports that differ");
            }
        }
    }

    private static void CheckPort(FaultList faults, string path, PortMapping port, NetworkMode network)
    {
        faults.CheckRange($"{path}/container", port.Container, 1, LargestPort);
        faults.CheckRange($"{path}/host", port.Host, 0, LargestPort);
        if (!Enum.IsDefined(port.Protocol))
            faults.Add($"{path}/protocol", $"{port.Protocol} is no protocol: expected TCP or UDP");
        if (network == NetworkMode.None)
            faults.Add(path, "a task without a network can publish no port: expected network BRIDGE or HOST");
        else if (network == NetworkMode.Host && port.Container != port.Host)
            faults.Add($"{path}/host", $"on the node's own network the container's port {port.Container} is the host's, too, found {port.Host}");
    }
}
