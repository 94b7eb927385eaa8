using OrleansCluster.Grains.Storage;

namespace OrleansCluster.Tests.Store.Postgres;

public sealed class PostgresModelTests : ModelContract
{
    private readonly PostgresSchema _schema = new();

    public override void Dispose() => _schema.Dispose();

    private protected override StoreHouse Open(StoreLimits limits) => new PostgresHouse(_schema, limits);
}
