using OrleansCluster.Grains.Storage.Checkpoints;

namespace OrleansCluster.Tests.Store;

public sealed class MemoryCheckpointTests : CheckpointContract
{
    public override ICheckpointStore Store { get; } = new InMemoryCheckpointStore(TimeProvider.System);
}

public sealed class FolderCheckpointTests : CheckpointContract, IDisposable
{
    private readonly TestDirectory _directory = new();

    public override ICheckpointStore Store => new DirectoryCheckpointStore(Path.Combine(Path.GetDirectoryName(_directory.Database)!, "checkpoints"), TimeProvider.System);

    public void Dispose() => _directory.Dispose();
}

public sealed class SqliteCheckpointTests : CheckpointContract, IDisposable
{
    private readonly TestDirectory _directory = new();
    private readonly SqliteHouse _house;

    public SqliteCheckpointTests() => _house = new SqliteHouse(_directory.Database);

    public override ICheckpointStore Store => _house.Checkpoints;

    public void Dispose()
    {
        _house.Dispose();
        _directory.Dispose();
    }
}
