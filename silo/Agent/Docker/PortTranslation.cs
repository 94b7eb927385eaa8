using System.Collections.Immutable;
using System.Globalization;

namespace OrleansCluster.Silo.Agent.Docker;

/// <summary>What Docker has published, in the order of the containers' ports.</summary>
internal static class PortTranslation
{
    public static ImmutableArray<PublishedPort> Translate(Wire.NetworkSettings? network) =>
    [
        .. from port in network?.Ports ?? []
           where port.Value is { Length: > 0 }
           from published in Of(port.Key, port.Value!)
           orderby (published.Container, published.Protocol, published.Host)
           select published,
    ];

    /// <summary>Docker may choose another port for IPv6 than for IPv4; what is published at all addresses is said once.</summary>
    private static IEnumerable<PublishedPort> Of(string key, Wire.PortBinding[] bindings)
    {
        if (key.Split('/') is not [var container, var protocol] || !TryRead(container, out var number))
            yield break;
        var ofFamily = bindings.Any(IsOfIPv4) ? bindings.Where(IsOfIPv4) : bindings;
        foreach (var binding in ofFamily)
        {
            if (TryRead(binding.HostPort, out var host))
                yield return new PublishedPort { Container = number, Host = host, Protocol = protocol == "udp" ? PortProtocol.Udp : PortProtocol.Tcp };
        }
    }

    private static bool IsOfIPv4(Wire.PortBinding binding) => binding.HostIp is not { } address || !address.Contains(':');

    private static bool TryRead(string? text, out int port) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port > 0;
}
