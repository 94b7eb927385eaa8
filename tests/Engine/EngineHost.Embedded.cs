using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OrleansCluster.Embedded;
using OrleansCluster.Grains.Runtime;
using OrleansCluster.Grains.Storage;

namespace OrleansCluster.Tests.Engine;

/// <summary>Starts the engine under test with the suite's grains and services. This file is the embedded one.</summary>
internal sealed class EngineHost : IAsyncDisposable
{
    private readonly IHost _host;

    private EngineHost(IHost host) => _host = host;

    public IGrainFactory Grains => _host.Services.GetRequiredService<IGrainFactory>();

    public Probe Probe => _host.Services.GetRequiredService<Probe>();

    public MemoryStorage Storage => _host.Services.GetRequiredService<MemoryStorage>();

    public static async Task<EngineHost> StartAsync()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        SuiteServices.Add(builder.Services);
        builder.Services.AddEmbeddedEngine(options => options.GrainAssemblies.Add(typeof(EngineHost).Assembly));
        var host = builder.Build();
        await host.StartAsync();
        return new EngineHost(host);
    }

    /// <summary>The cluster manager's own grains on a store that others may share.</summary>
    public static async Task<EngineHost> StartClusterAsync(ITransactionalStore store)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        SuiteServices.AddCluster(builder.Services, store);
        builder.Services.AddEmbeddedEngine(options => options.GrainAssemblies.Add(typeof(LoopRunner).Assembly));
        var host = builder.Build();
        await host.StartAsync();
        return new EngineHost(host);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
