using OrleansCluster.Grains.Storage;
using OrleansCluster.Grains.Storage.Checkpoints;
using OrleansCluster.Silo.Checkpoints;
using OrleansCluster.Tests.Store;

namespace OrleansCluster.Tests.Api.Checkpoints;

public sealed class BucketCheckpointTests : CheckpointContract, IClassFixture<MotoServer>, IDisposable
{
    private readonly BucketCheckpointStore? _store;

    public BucketCheckpointTests(MotoServer server)
    {
        server.SkipIfAway();

        // A prefix for each test: all share the one server.
        _store = new BucketCheckpointStore(server.Location with { Prefix = $"{Path.GetRandomFileName()}/" });
    }

    public override ICheckpointStore Store => _store!;

    [Fact]
    public async Task Get_NobodyAnswers_IsAFailureOfTheStore()
    {
        using var away = new BucketCheckpointStore(CheckpointLocation.Parse("s3://checkpoints?endpoint=http://127.0.0.1:1"));

        await Assert.ThrowsAsync<StoreUnavailableException>(() => away.Get(new CheckpointKey("lab", "j.t.0", "1-a"), Never));
    }

    public void Dispose() => _store?.Dispose();
}
