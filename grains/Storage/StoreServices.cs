using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Storage;
using OrleansCluster.Grains.Storage.Checkpoints;
using OrleansCluster.Grains.Storage.Postgres;
using OrleansCluster.Grains.Storage.Sql;
using OrleansCluster.Grains.Storage.Sqlite;

namespace OrleansCluster.Grains.Storage;

public static class StoreServices
{
    /// <summary>
    /// The store as <see cref="ITransactionalStore"/>, as the grain storage <see cref="StoreGrainStorage.Name"/>, and for checkpoints. Call it before what uses the
    /// store adds its hosted services: the host opens it first, and stops with a clear message where it cannot. A <see cref="TimeProvider"/> has to be registered.
    /// </summary>
    public static IServiceCollection AddClusterStore(this IServiceCollection services, SqliteStoreOptions options)
    {
        options.Validate();
        return services.AddClusterStore(new SqliteDialect(options), options.Limits);
    }

    /// <inheritdoc cref="AddClusterStore(IServiceCollection, SqliteStoreOptions)"/>
    public static IServiceCollection AddClusterStore(this IServiceCollection services, PostgresStoreOptions options)
    {
        options.Validate();
        return services.AddClusterStore(new PostgresDialect(options), options.Limits);
    }

    private static IServiceCollection AddClusterStore(this IServiceCollection services, ISqlDialect dialect, StoreLimits limits)
    {
        services.AddMetrics();
        services.AddLogging();
        services.AddSingleton<StoreInstruments>();
        services.AddSingleton<ITransactionalStore>(provider => SqlStore.Open(
            dialect,
            limits,
            provider.GetRequiredService<StoreInstruments>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<SqlStore>>()));
        services.AddKeyedSingleton<IGrainStorage>(
            StoreGrainStorage.Name, (provider, _) => new StoreGrainStorage(provider.GetRequiredService<ITransactionalStore>()));
        services.AddSingleton<ICheckpointStore>(provider => new DatabaseCheckpointStore(dialect, provider.GetRequiredService<ITransactionalStore>()));
        services.AddHostedService<StoreOpener>();
        return services;
    }
}
