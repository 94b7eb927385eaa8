namespace OrleansCluster.Embedded;

/// <summary>What runs the activations' turns: the thread pool, or one thread in an order drawn from a seed.</summary>
public interface ITurnQueue
{
    /// <summary>How many turns one activation may take before the others get a chance.</summary>
    int TurnsPerSlice { get; }

    void Enqueue(IThreadPoolWorkItem work);

    /// <summary>Told of each turn that is queued, on the thread that queues it; a place to notice threads that should not exist.</summary>
    void OnTurnQueued();
}
