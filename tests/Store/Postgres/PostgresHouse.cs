using OrleansCluster.Grains.Storage;

namespace OrleansCluster.Tests.Store.Postgres;

internal sealed class PostgresHouse(PostgresStoreOptions options) : StoreHouse(services => services.AddClusterStore(options))
{
    public PostgresHouse(PostgresSchema schema, StoreLimits? limits = null)
        : this(new PostgresStoreOptions { ConnectionString = schema.ConnectionString, MigratesSchema = true, Limits = limits ?? new StoreLimits() })
    {
    }
}
