using OrleansCluster.Grains.Storage;
using OrleansCluster.Tests.Shared;

namespace OrleansCluster.Tests.Engine.SplitBrain;

/// <summary>A store that fails now and then: before it wrote, or after.</summary>
internal sealed class UncertainStore(ITransactionalStore store, int seed, int failPercent) : StoreDecorator(store)
{
    private readonly Random _random = new(seed);
    private readonly Lock _lock = new();

    public int Failures { get; private set; }

    public override async Task<CommitResult> Commit(CommitUnit unit, CancellationToken cancellationToken)
    {
        var (before, after) = Draw();
        if (before)
            throw new StoreUnavailableException("failed before the write");
        var result = await base.Commit(unit, cancellationToken);
        return after ? throw new StoreUnavailableException("failed after the write") : result;
    }

    private (bool Before, bool After) Draw()
    {
        lock (_lock)
        {
            var drawn = _random.Next(100);
            if (drawn < failPercent)
                Failures++;
            return (drawn < failPercent / 2, drawn >= failPercent / 2 && drawn < failPercent);
        }
    }
}
