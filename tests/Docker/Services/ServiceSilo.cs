using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrleansCluster.Silo.Entry;
using OrleansCluster.Silo.Entry.Dns;
using OrleansCluster.Silo.Hosting;

namespace OrleansCluster.Tests.Docker.Services;

/// <summary>A silo in this process with real containers and all ways in to services.</summary>
internal sealed class ServiceSilo : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ServiceSilo(WebApplication app) => _app = app;

    public Uri Http => _app.Services.GetRequiredService<HttpEntryService>().Address!;

    public Uri Tcp => new($"http://{_app.Services.GetRequiredService<TcpEntry>().Addresses.First()}");

    public System.Net.IPEndPoint Dns => _app.Services.GetRequiredService<DnsService>().Address!;

    public static async Task<ServiceSilo> Start(string data, string cluster)
    {
        var app = SiloProgram.Build(
            [
                "--data", data, "--listen", "127.0.0.1:0", "--cluster", cluster, "--node", "host", "--cpu", "16000", "--memory", "8192", "--disk", "10000",
                "--entry", "127.0.0.1:0", "--entry-tcp", "0=web:80", "--dns", "127.0.0.1:0",
            ],
            builder => builder.Logging.SetMinimumLevel(LogLevel.Warning));
        await app.StartAsync();
        return new ServiceSilo(app);
    }

    public IServiceGrain Service(string cluster, string name) => _app.Services.GetRequiredService<IGrainFactory>().GetGrain<IServiceGrain>(GrainKeys.Service(cluster, name));

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
