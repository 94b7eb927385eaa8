using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;
using OrleansCluster.Grains.Storage;

namespace OrleansCluster.Tests.Engine;

/// <summary>Starts the engine under test with the suite's grains and services. This file is Orleans: one silo, called from within as the API does.</summary>
internal sealed class EngineHost : IAsyncDisposable
{
    private readonly InProcessTestCluster _cluster;
    private readonly IServiceProvider _services;

    private EngineHost(InProcessTestCluster cluster)
    {
        _cluster = cluster;
        _services = cluster.Silos[0].SiloHost.Services;
    }

    public IGrainFactory Grains => _services.GetRequiredService<IGrainFactory>();

    public Probe Probe => _services.GetRequiredService<Probe>();

    public MemoryStorage Storage => _services.GetRequiredService<MemoryStorage>();

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public static Task<EngineHost> StartAsync() => StartAsync(SuiteServices.Add);

    /// <summary>The cluster manager's own grains on a store that others may share.</summary>
    public static Task<EngineHost> StartClusterAsync(ITransactionalStore store) => StartAsync(services => SuiteServices.AddCluster(services, store));

    private static async Task<EngineHost> StartAsync(Action<IServiceCollection> add)
    {
        var builder = new InProcessTestClusterBuilder(1);
        (builder.Options.InitializeClientOnDeploy, builder.Options.ConfigureFileLogging) = (false, false);
        builder.ConfigureSiloHost((_, host) => add(host.Services));
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new EngineHost(cluster);
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.StopAllSilosAsync();
        await _cluster.DisposeAsync();
    }
}
