using OrleansCluster.Grains.Storage;

namespace OrleansCluster.Tests.Store;

public sealed class SqliteStoreTests : EventContract
{
    private readonly TestDirectory _directory = new();
    private readonly SqliteHouse _house;

    public SqliteStoreTests() => _house = new SqliteHouse(_directory.Database);

    public override ITransactionalStore Store => _house.Store;

    public override void Dispose()
    {
        _house.Dispose();
        _directory.Dispose();
    }
}
