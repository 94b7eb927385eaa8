using System.Collections.Immutable;
using System.Net;
using OrleansCluster.Silo.Api.Hosting;
using OrleansCluster.Silo.Entry;

namespace OrleansCluster.Silo.Hosting;

/// <summary>Where services are let in and named: <c>--entry</c>, <c>--entry-tcp PORT=SERVICE</c> as often as there are any, <c>--dns</c>.</summary>
internal static class EntryOptionsReader
{
    public static ImmutableSortedDictionary<string, string> TcpOf(IConfiguration configuration) =>
        configuration.GetSection(NamedArguments.EntryTcp.Section).GetChildren().ToImmutableSortedDictionary(entry => entry.Key, entry => entry.Value ?? "", StringComparer.Ordinal);

    public static bool IsAskedFor(SiloOptions options) => options is not { Entry: null, Dns: null, EntryTcp.IsEmpty: true };

    /// <summary>Of options that have no faults.</summary>
    public static EntryOptions Of(SiloOptions options) => new()
    {
        Cluster = options.Cluster,
        Http = options.Entry is { } http ? Parse("The entry", http) : null,
        Tcp = [.. options.EntryTcp.Select(entry => Tcp(options, entry)!)],
        Dns = options.Dns is { } dns ? Parse("The name server", dns) : null,
    };

    public static IEnumerable<string> FaultsOf(SiloOptions options)
    {
        if (FaultOf("--entry", "The entry", options.Entry) is { } entry)
            yield return entry;
        if (FaultOf("--dns", "The name server", options.Dns) is { } dns)
            yield return dns;
        foreach (var (port, target) in options.EntryTcp.Where(tcp => Tcp(options, tcp) is null))
            yield return $"{NamedArguments.EntryTcp.Option}: '{port}={target}' found; expected {TcpEntryOptions.Expectation}";
    }

    private static TcpEntryOptions? Tcp(SiloOptions options, KeyValuePair<string, string> entry) => TcpEntryOptions.Parse(entry.Key, entry.Value, IPAddress.Loopback, options.Cluster);

    private static string? FaultOf(string option, string what, string? address)
    {
        try
        {
            if (address is not null)
                Parse(what, address);
            return null;
        }
        catch (InvalidOperationException exception)
        {
            return $"{option}: {exception.Message}";
        }
    }

    private static IPEndPoint Parse(string what, string address) => LoopbackAddress.Parse(address, what);
}
