using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrleansCluster.Client;
using OrleansCluster.Client.Hosting;
using OrleansCluster.Tests.Shared;
using OrleansCluster.Tests.Store.Postgres;

namespace OrleansCluster.Tests.Api.OverOrleans;

/// <summary>Silos as processes of their own on a schema of their own; skips the test where no PostgreSQL server is named.</summary>
internal sealed class Deployment : IAsyncDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("ocs-deployment-").FullName;
    private readonly PostgresSchema _schema = new();
    private readonly List<SiloProcess> _silos = [];
    private readonly List<IHost> _clients = [];

    public string Postgres => _schema.ConnectionString;

    /// <summary>A silo with a gateway, whose agents simulate their containers unless the options say that it has none.</summary>
    public async Task<SiloProcess> StartSilo(string node, params string[] options)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_data, node)).FullName;
        var silo = await SiloProcess.Start(
            folder,
            "default",
            [
                "--runtime", "simulated", "--cpu", "4000", "--memory", "4096", "--disk", "10000", "--node", node, "--postgres", Postgres,
                "--migrate", "true", "--gateway-port", $"{LocalPort.Free(IPAddress.Loopback)}", .. options,
            ]);
        _silos.Add(silo);
        return silo;
    }

    /// <summary>An Orleans client in this process.</summary>
    public Task<ClusterGrains> StartClient() => StartClient(tls: null);

    public async Task<ClusterGrains> StartClient(OrleansClusterTlsOptions? tls)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Critical);
        builder.UseOrleansClient(client => client.AddOrleansCluster(options => (options.Postgres, options.Tls) = (Postgres, tls)));
        var host = builder.Build();
        _clients.Add(host);
        await host.StartAsync();
        return host.Services.GetRequiredService<ClusterGrains>();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
        {
            await client.StopAsync();
            client.Dispose();
        }

        foreach (var silo in _silos)
            await silo.DisposeAsync();
        _schema.Dispose();
        Directory.Delete(_data, recursive: true);
    }
}
