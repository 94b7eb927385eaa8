using OrleansCluster.Grains.Storage;

namespace OrleansCluster.Tests.Store.Postgres;

public sealed class PostgresStoreTests : EventContract
{
    private readonly PostgresSchema _schema = new();
    private readonly PostgresHouse _house;

    public PostgresStoreTests() => _house = new PostgresHouse(_schema);

    public override ITransactionalStore Store => _house.Store;

    public override void Dispose()
    {
        _house.Dispose();
        _schema.Dispose();
    }
}
