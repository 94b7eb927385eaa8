using OrleansCluster.Grains.Storage;

namespace OrleansCluster.Tests.Store;

public sealed class SqliteEventPruningTests : EventPruningContract
{
    private readonly TestDirectory _directory = new();

    public override void Dispose() => _directory.Dispose();

    private protected override StoreHouse Open(StoreLimits limits) => new SqliteHouse(_directory.Database, limits);
}
