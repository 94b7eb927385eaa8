using System.Net;
using OrleansCluster.Client.Hosting;
using OrleansCluster.Client.Hosting.Tls;

namespace OrleansCluster.Client;

/// <summary>How a silo of another service is reached by those it joins.</summary>
public sealed class OrleansClusterSiloOptions : OrleansClusterOptions
{
    /// <summary>The address of this machine at which other silos and Orleans clients reach this one; on loopback where there is no <see cref="OrleansClusterOptions.Tls"/>.</summary>
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>Where other silos reach this one, 1 to 65535; a free one where nothing is said, which they find in the table of members.</summary>
    public int? SiloPort { get; set; }

    /// <summary>Where Orleans clients of other processes reach this silo, 1 to 65535; nowhere where nothing is said.</summary>
    public int? GatewayPort { get; set; }

    private protected override IReadOnlyList<TlsPurpose> Purposes => TlsPurpose.OfSilo;

    internal override IEnumerable<string> Faults()
    {
        foreach (var fault in base.Faults())
            yield return fault;
        var wrong = LocalAddress.Fault(Address, Tls is not null, nameof(Tls));
        if (wrong is not null)
            yield return $"Address is '{Address}'; {wrong}.";
        if (SiloPort is { } port && port == GatewayPort)
            yield return $"GatewayPort is {port}, and SiloPort as well; expected another.";
        var address = wrong is null ? IPAddress.Parse(Address) : IPAddress.Loopback;
        foreach (var (name, number) in new[] { (nameof(SiloPort), SiloPort), (nameof(GatewayPort), GatewayPort) })
        {
            if (number is < 1 or > ushort.MaxValue)
                yield return $"{name} is {number}; expected 1 to 65535.";
            else if (number is { } taken && !LocalPort.IsFree(address, taken))
                yield return $"{name} is {taken}, where another process listens; expected a free one.";
        }
    }
}
