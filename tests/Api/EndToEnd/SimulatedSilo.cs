using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrleansCluster.Client;
using OrleansCluster.Silo.Hosting;

namespace OrleansCluster.Tests.Api.EndToEnd;

/// <summary>A whole silo in this process: real grains, store, API and agents; only the containers are simulated.</summary>
internal sealed class SimulatedSilo : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ServiceProvider _services;

    private SimulatedSilo(WebApplication app)
    {
        _app = app;
        Address = new Uri(app.Urls.First());
        _services = new ServiceCollection().AddLogging().Also(s => s.AddOrleansClusterClient(o => o.Address = Address)).BuildServiceProvider();
        Client = _services.GetRequiredService<OrleansClusterClient>();
    }

    public Uri Address { get; }
    public OrleansClusterClient Client { get; }

    public IServiceProvider Services => _app.Services;

    public IGrainFactory Grains => Services.GetRequiredService<IGrainFactory>();

    public T Grain<T>(string key)
        where T : IGrainWithStringKey => Grains.GetGrain<T>(key);

    public static Task<SimulatedSilo> Start(string data, params string[] options) => Start(data, _ => { }, options);

    /// <param name="adjust">Changes what the silo is composed of.</param>
    public static async Task<SimulatedSilo> Start(string data, Action<IServiceCollection> adjust, params string[] options)
    {
        var app = SiloProgram.Build(
            ["--data", data, "--listen", "127.0.0.1:0", "--runtime", "simulated", "--cpu", "4000", "--memory", "4096", "--disk", "10000", "--node", "node", .. options],
            builder =>
            {
                builder.Logging.SetMinimumLevel(LogLevel.Warning);
                RealGrains.Only(builder.Services);
                adjust(builder.Services);
            });
        await app.StartAsync();
        return new SimulatedSilo(app);
    }

    /// <summary>As on SIGTERM.</summary>
    public Task Stop() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
