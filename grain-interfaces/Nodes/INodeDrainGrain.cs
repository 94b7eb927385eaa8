using Orleans.Concurrency;

namespace OrleansCluster;

/// <summary>Takes one node out of service and moves its tasks elsewhere. Key: <see cref="GrainKeys.NodeDrain"/>.</summary>
[Alias("ocs.INodeDrainGrain")]
public interface INodeDrainGrain : IGrainWithStringKey
{
    /// <summary>
    /// From when it returns the node takes no more tasks, also after its host was off; durable. Asked again, the new deadline counts, from the first request on.
    /// Refused for a node that is not there.
    /// </summary>
    [Alias("Begin")]
    Task<Answer<NodeDrain>> Begin(NodeDrain drain);

    /// <summary>Takes the node back into service; what has been moved stays where it is. Refused for a node that is not there; one that is in service stays so.</summary>
    [Alias("End")]
    Task<Refusal?> End();

    /// <summary><see langword="null"/> for a node that is in service.</summary>
    [Alias("Get"), AlwaysInterleave]
    Task<NodeDrain?> Get();

    /// <summary>Wakes it after a restart, so that it goes on.</summary>
    [Alias("Ensure"), AlwaysInterleave]
    Task Ensure();
}
