using System.Security.Cryptography;

namespace OrleansCluster.Client.Hosting.Tls;

/// <summary>What a certificate is shown for. One that has no extended key usages is good for both.</summary>
internal sealed record TlsPurpose(string Name, Oid Usage)
{
    public static TlsPurpose Client { get; } = new("clientAuth", new Oid("1.3.6.1.5.5.7.3.2"));

    public static TlsPurpose Server { get; } = new("serverAuth", new Oid("1.3.6.1.5.5.7.3.1"));

    /// <summary>A silo is called, and calls others.</summary>
    public static IReadOnlyList<TlsPurpose> OfSilo { get; } = [Server, Client];

    public static IReadOnlyList<TlsPurpose> OfClient { get; } = [Client];
}
