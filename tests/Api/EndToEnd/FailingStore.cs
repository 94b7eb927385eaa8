using OrleansCluster.Grains.Storage;
using OrleansCluster.Tests.Shared;

namespace OrleansCluster.Tests.Api.EndToEnd;

/// <summary>A store that loses the answers to some commits: they are written, and the caller is told that nobody knows.</summary>
internal sealed class FailingStore(ITransactionalStore store) : StoreDecorator(store)
{
    /// <summary>Which commits fail; asked about each.</summary>
    public Func<CommitUnit, bool> Fails { get; set; } = _ => false;

    public override async Task<CommitResult> Commit(CommitUnit unit, CancellationToken cancellationToken)
    {
        var result = await base.Commit(unit, cancellationToken);
        return Fails(unit) ? throw new StoreUnavailableException("The answer got lost.") : result;
    }
}
