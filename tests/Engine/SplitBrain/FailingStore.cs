using OrleansCluster.Grains.Storage;
using OrleansCluster.Tests.Shared;

namespace OrleansCluster.Tests.Engine.SplitBrain;

/// <summary>A store that is away while a test says so.</summary>
internal sealed class FailingStore(ITransactionalStore store) : StoreDecorator(store)
{
    public bool Fails { get; set; }

    protected override ITransactionalStore Inner => Fails ? throw new StoreUnavailableException("away") : base.Inner;
}
