using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using OrleansCluster.Silo.Api.Input;

namespace OrleansCluster.Silo.Entry.Dns;

/// <summary>What a name means.</summary>
internal abstract record DnsTarget
{
    private const string AddressPrefix = "ip-";

    /// <summary>A service's: its nodes' addresses.</summary>
    internal sealed record Tasks(ServiceAddress Service) : DnsTarget;

    /// <summary><c>_http._tcp.SERVICE…</c>, or <c>_8080._tcp.SERVICE…</c> for a port of the container.</summary>
    /// <param name="ContainerPort"><see langword="null"/> for the first TCP port.</param>
    internal sealed record Ports(ServiceAddress Service, int? ContainerPort) : DnsTarget;

    /// <summary><c>ip-10-0-0-11.ocs.internal</c>: what the records of ports name.</summary>
    internal sealed record Address(IPAddress Value) : DnsTarget;

    /// <summary>It is there, since there are names below it, and has nothing of its own.</summary>
    internal sealed record Between : DnsTarget;

    /// <summary>Nothing below the zone has this name.</summary>
    internal sealed record Nothing : DnsTarget;

    /// <summary>Somebody else answers for it.</summary>
    internal sealed record Foreign : DnsTarget;

    public static DnsTarget Of(ImmutableArray<string> labels)
    {
        if (labels is not [.. var above, "ocs", "internal"])
            return new Foreign();
        return above switch
        {
            [] => new Between(),
            [var one] when AddressOf(one) is { } address => new Address(address),
            [var cluster] => ApiNames.IsCluster(cluster) ? new Between() : new Nothing(),
            [var service, var cluster] => Named(service, cluster, found => new Tasks(found)),
            ["_tcp", var service, var cluster] => Named(service, cluster, _ => new Between()),
            ["_http", "_tcp", var service, var cluster] => Named(service, cluster, found => new Ports(found, null)),
            [var port, "_tcp", var service, var cluster] when PortOf(port) is { } number => Named(service, cluster, found => new Ports(found, number)),
            _ => new Nothing(),
        };
    }

    /// <summary>The label that <see cref="Address"/> reads.</summary>
    public static string LabelOf(IPAddress address) => AddressPrefix + (address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork
        ? address.ToString().Replace('.', '-')
        : string.Join('-', address.GetAddressBytes().Chunk(2).Select(pair => $"{pair[0]:x2}{pair[1]:x2}")));

    private static DnsTarget Named(string service, string cluster, Func<ServiceAddress, DnsTarget> make) =>
        ApiNames.IsService(service) && ApiNames.IsCluster(cluster) ? make(new ServiceAddress(service, cluster)) : new Nothing();

    private static int? PortOf(string label) =>
        label.StartsWith('_') && int.TryParse(label.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= ushort.MaxValue ? port : null;

    private static IPAddress? AddressOf(string label)
    {
        if (!label.StartsWith(AddressPrefix, StringComparison.Ordinal))
            return null;
        var parts = label[AddressPrefix.Length..].Split('-');
        return parts.Length is 4 or 8 && IPAddress.TryParse(string.Join(parts.Length == 4 ? '.' : ':', parts), out var address) && LabelOf(address) == label ? address : null;
    }
}
