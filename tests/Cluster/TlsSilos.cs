using System.Diagnostics;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using OrleansCluster.Client;
using OrleansCluster.Tests.Shared;
using OrleansCluster.Tests.Store.Postgres;

namespace OrleansCluster.Tests.Cluster;

/// <summary>
/// Silo processes that know one another by certificates, at addresses of their own, as on machines of their own; their containers are simulated.
/// Skips the test where no PostgreSQL server is named.
/// </summary>
internal sealed class TlsSilos : IAsyncDisposable
{
    private const int Active = 3;

    private readonly string _directory = Directory.CreateTempSubdirectory("ocs-tls-").FullName;
    private readonly PostgresSchema _schema = new();
    private readonly TestAuthority _authority = new("authority");
    private readonly List<SiloProcess> _silos = [];
    private readonly List<(Process Process, List<string> Log)> _joining = [];

    /// <summary>One that other machines reach, where this one has such an address.</summary>
    public static IPAddress OwnAddress { get; } = NetworkInterface.GetAllNetworkInterfaces()
        .Where(card => card.OperationalStatus == OperationalStatus.Up)
        .SelectMany(card => card.GetIPProperties().UnicastAddresses)
        .Select(unicast => unicast.Address)
        .FirstOrDefault(address => address.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(address)) ?? IPAddress.Parse("127.0.0.2");

    /// <summary>A member, started and joined.</summary>
    public async Task<SiloProcess> Start(string node, IPAddress address)
    {
        var silo = await SiloProcess.Start(DirectoryOf(node), "default", [.. Options(node, address), .. Tls(_authority, node)]);
        _silos.Add(silo);
        return silo;
    }

    /// <summary>A silo with a good certificate of another authority.</summary>
    /// <returns>What it writes.</returns>
    public Func<string> StartStranger(string node, IPAddress address)
    {
        using var other = new TestAuthority("other");
        return Launch(node, [.. Options(node, address), .. Tls(other, node)]);
    }

    public void StartWithoutTls(string node) => Launch(node, Options(node, IPAddress.Loopback));

    /// <summary>Names of the silos that the table of members calls active.</summary>
    public string? ActiveSilos() => (string?)_schema.Scalar($"SELECT string_agg(silo_name, ' ' ORDER BY silo_name) FROM orleans_membership WHERE status = {Active}");

    /// <summary>Whether a silo has written itself into that table, and so has met the members.</summary>
    public bool IsListed(string node) => _schema.Scalar($"SELECT 1 FROM orleans_membership WHERE silo_name = '{node}'") is not null;

    public async ValueTask DisposeAsync()
    {
        foreach (var (process, _) in _joining)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }

        foreach (var silo in _silos)
            await silo.DisposeAsync();
        _authority.Dispose();
        _schema.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private Func<string> Launch(string node, string[] options)
    {
        var (process, log) = SiloProcess.Launch(DirectoryOf(node), "default", options);
        _joining.Add((process, log));
        return () => SiloProcess.Read(log);
    }

    private string[] Options(string node, IPAddress address) =>
    [
        "--node", node, "--address", $"{address}", "--postgres", _schema.ConnectionString, "--migrate", "true",
        "--runtime", "simulated", "--cpu", "4000", "--memory", "4096", "--disk", "10000",
    ];

    private string[] Tls(TestAuthority authority, string node)
    {
        OrleansClusterTlsOptions files = authority.IssueTo(_directory, node);
        return ["--tls-certificate", files.Certificate, "--tls-key", files.Key!, "--tls-authority", files.Authority];
    }

    private string DirectoryOf(string node) => Directory.CreateDirectory(Path.Combine(_directory, node)).FullName;
}
