using System.Collections.Immutable;

namespace OrleansCluster.Tests.Api.Http.Fakes;

internal sealed class FakeScheduler : ISchedulerGrain
{
    public PlacementExplanation? Explanation { get; set; }

    public Task<PlacementExplanation?> Explain(string taskId) => Task.FromResult(Explanation);

    public Task<ImmutableArray<PlacementProposal>> Propose(ImmutableArray<PlacementRequest> requests) => throw new NotSupportedException();

    public Task<ImmutableSortedDictionary<string, int>> CountQueued() => throw new NotSupportedException();

    public Task Enqueue(ImmutableArray<PlacementRequest> requests) => throw new NotSupportedException();

    public Task Cancel(ImmutableArray<string> taskIds) => throw new NotSupportedException();
}
