using OrleansCluster.Grains.Storage;

namespace OrleansCluster.Tests.Store;

public sealed class InMemoryStoreTests : EventContract
{
    public override ITransactionalStore Store { get; } = new InMemoryStore(TimeProvider.System);

    public override void Dispose()
    {
    }
}
