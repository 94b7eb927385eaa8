using System.Collections.Immutable;
using Orleans.Placement;

namespace OrleansCluster.Testing.Silos;

/// <summary>Stands where the cluster's scheduler would, and leaves what waits to a scheduler of the test's.</summary>
[HashBasedPlacement]
internal sealed class IdleSchedulerGrain : Grain, ISchedulerGrain
{
    public Task Enqueue(ImmutableArray<PlacementRequest> requests) => Task.CompletedTask;

    public Task Cancel(ImmutableArray<string> taskIds) => Task.CompletedTask;

    public Task<ImmutableArray<PlacementProposal>> Propose(ImmutableArray<PlacementRequest> requests) =>
        throw new NotSupportedException("This cluster has no scheduler of its own.");

    public Task<ImmutableSortedDictionary<string, int>> CountQueued() => Task.FromResult(ImmutableSortedDictionary<string, int>.Empty);

    public Task<PlacementExplanation?> Explain(string taskId) => Task.FromResult<PlacementExplanation?>(null);
}
