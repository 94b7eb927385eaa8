using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Storage;
using OrleansCluster.Grains.ResourceManagement;
using OrleansCluster.Grains.Runtime;
using OrleansCluster.Grains.Storage;
using OrleansCluster.Grains.Storage.Checkpoints;

namespace OrleansCluster.Tests.Engine;

/// <summary>What the suite's grains get injected, the same on either engine.</summary>
internal static class SuiteServices
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<Probe>();
        services.AddSingleton<MemoryStorage>();
        services.AddKeyedSingleton<IGrainStorage>("memory", (provider, _) => provider.GetRequiredService<MemoryStorage>());
        services.AddSingleton<ILoggerProvider, ProbeLoggerProvider>();
    }

    /// <summary>What the cluster manager's own grains get injected.</summary>
    public static void AddCluster(IServiceCollection services, ITransactionalStore store) => services
        .AddLogging()
        .AddSingleton(store)
        .AddSingleton<ICheckpointStore>(new InMemoryCheckpointStore(TimeProvider.System))
        .AddKeyedSingleton<IGrainStorage>(StoreGrainStorage.Name, new StoreGrainStorage(store))
        .AddClusterGrains(new NodeLeaseOptions { LostAfter = TimeSpan.FromHours(1) });
}
