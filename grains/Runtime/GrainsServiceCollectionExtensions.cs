using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OrleansCluster.Grains.ResourceManagement;
using OrleansCluster.Grains.Runtime.Telemetry;
using OrleansCluster.Grains.Scheduling;
using OrleansCluster.Grains.Tasks;
using OrleansCluster.Grains.Tasks.Checkpoints;
using OrleansCluster.Grains.Tasks.Jobs;

namespace OrleansCluster.Grains.Runtime;

public static class GrainsServiceCollectionExtensions
{
    /// <summary>What the grains need besides an engine and a store.</summary>
    public static IServiceCollection AddClusterGrains(this IServiceCollection services, NodeLeaseOptions leases)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IIdSource, RandomIdSource>();
        services.TryAddSingleton<ISiloPeers, LoneSilo>();
        services.TryAddSingleton(new SchedulerShards(1));
        services.AddSingleton<StoreOutage>();
        services.AddSingleton(leases);
        services.AddMetrics();
        services.AddSingleton<LoopInstruments>();
        services.AddSingleton<SchedulerInstruments>();
        services.AddSingleton<ClusterStateInstruments>();
        services.AddSingleton<TaskInstruments>();
        services.AddSingleton<TaskStarter>();
        services.AddSingleton<CheckpointRemoval>();
        services.AddSingleton<CheckpointSweep>();
        services.AddSingleton<LoopRunner>();
        services.AddSingleton<IClusterQueries, ClusterQueries>();
        return services;
    }
}
