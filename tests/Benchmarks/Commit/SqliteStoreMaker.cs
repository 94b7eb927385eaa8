using Microsoft.Extensions.DependencyInjection;
using OrleansCluster.Grains.Storage;

namespace OrleansCluster.Benchmarks.Commit;

internal static class SqliteStoreMaker
{
    /// <summary>An empty database of the store's schema.</summary>
    public static void Make(string path)
    {
        using var services = new ServiceCollection()
            .AddSingleton(TimeProvider.System)
            .AddClusterStore(new SqliteStoreOptions { Path = path })
            .BuildServiceProvider();
        services.GetRequiredService<ITransactionalStore>();
    }
}
