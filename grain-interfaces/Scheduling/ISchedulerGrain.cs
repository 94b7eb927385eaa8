using System.Collections.Immutable;
using Orleans.Concurrency;

namespace OrleansCluster;

/// <summary>A scheduler: a queue, and a loop that reads a snapshot, decides, and commits claims. Key: <see cref="GrainKeys.Scheduler"/>.</summary>
[Alias("ocs.ISchedulerGrain")]
public interface ISchedulerGrain : IGrainWithStringKey
{
    /// <summary>
    /// Queues attempts; one that is queued already stays where it is. Not durable: the queue is rebuilt from the tasks' persisted states. A gang has to be whole in
    /// one call; a part of one is not queued.
    /// </summary>
    [Alias("Enqueue"), AlwaysInterleave]
    Task Enqueue(ImmutableArray<PlacementRequest> requests);

    /// <summary>Takes tasks out of the queue. One whose claim is being committed may be placed all the same; its task then gives the claim back.</summary>
    [Alias("Cancel"), AlwaysInterleave]
    Task Cancel(ImmutableArray<string> taskIds);

    /// <summary>What a queued task's placement meets on the newest state known; <see langword="null"/> for a task that is not queued here.</summary>
    [Alias("Explain"), AlwaysInterleave]
    Task<PlacementExplanation?> Explain(string taskId);

    /// <summary>How many attempts of each team wait here.</summary>
    [Alias("CountQueued"), AlwaysInterleave]
    Task<ImmutableSortedDictionary<string, int>> CountQueued();

    /// <summary>Where attempts would be placed on the newest state, if they were queued now; one for each, in their order. Nothing is queued or claimed.</summary>
    [Alias("Propose"), AlwaysInterleave]
    Task<ImmutableArray<PlacementProposal>> Propose(ImmutableArray<PlacementRequest> requests);
}
