using Microsoft.Data.Sqlite;
using OrleansCluster.Grains.Storage;

namespace OrleansCluster.Tests.Store;

internal sealed class SqliteHouse(string path, StoreLimits? limits = null)
    : StoreHouse(services => services.AddClusterStore(new SqliteStoreOptions { Path = path, Limits = limits ?? new StoreLimits() }))
{
    /// <summary>A connection beside the store's own, as an administrator's shell would be.</summary>
    public SqliteConnection OpenBeside()
    {
        _ = Store;
        var connection = new SqliteConnection($"Data Source={path};Pooling=false");
        connection.Open();
        return connection;
    }
}
