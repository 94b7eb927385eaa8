using OrleansCluster.Grains.Storage;

namespace OrleansCluster.Grains.Tasks.Checkpoints;

/// <summary>What of an attempt's work would be gone on with, for those who have no business with the rest of a task.</summary>
/// <param name="TakenAt">By the node's clock; <see langword="null"/> where there is none.</param>
internal sealed record NewestCheckpoint(DateTimeOffset? TakenAt)
{
    /// <returns><see langword="null"/> where there is no such task, or its definition names no directory: there will never be one.</returns>
    public static async Task<NewestCheckpoint?> Read(ITransactionalStore store, string cluster, string taskId, int attempt, CancellationToken cancellationToken)
    {
        var task = await TaskGrainState.Read(store, cluster, taskId, cancellationToken);
        if (task is not { Start.Checkpoint: not null })
            return null;
        return new NewestCheckpoint(task.Attempt == attempt && task.Checkpoints?.Kept is [.., var newest] ? newest.TakenAt : null);
    }
}
