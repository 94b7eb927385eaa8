using OrleansCluster.Grains.Storage.Checkpoints;

namespace OrleansCluster.Tests.Store.Postgres;

public sealed class PostgresCheckpointTests : CheckpointContract, IDisposable
{
    private readonly PostgresSchema _schema = new();
    private readonly PostgresHouse _house;

    public PostgresCheckpointTests() => _house = new PostgresHouse(_schema);

    public override ICheckpointStore Store => _house.Checkpoints;

    public void Dispose()
    {
        _house.Dispose();
        _schema.Dispose();
    }
}
