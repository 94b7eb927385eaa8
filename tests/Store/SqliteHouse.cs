using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;
using OrleansCluster.Grains.Storage;

namespace OrleansCluster.Tests.Store;

/// <summary>A SQLite store as the silo has it, from its one registration call.</summary>
internal sealed class SqliteHouse : IDisposable
{
    private readonly ServiceProvider _services;

    public SqliteHouse(string path, StoreLimits? limits = null)
    {
        Path = path;
        _services = new ServiceCollection()
            .AddSingleton(TimeProvider.System)
            .AddClusterStore(new SqliteStoreOptions { Path = path, Limits = limits ?? new StoreLimits() })
            .BuildServiceProvider();
        Meters = new MeterReadings(_services);
    }

    public string Path { get; }

    public MeterReadings Meters { get; }

    public ITransactionalStore Store => _services.GetRequiredService<ITransactionalStore>();

    public IGrainStorage GrainStorage => _services.GetRequiredKeyedService<IGrainStorage>(StoreGrainStorage.Name);

    /// <summary>A connection beside the store's own, as an administrator's shell would be.</summary>
    public SqliteConnection OpenBeside()
    {
        _ = Store;
        var connection = new SqliteConnection($"Data Source={Path};Pooling=false");
        connection.Open();
        return connection;
    }

    public void Dispose()
    {
        Meters.Dispose();
        _services.Dispose();
    }
}
