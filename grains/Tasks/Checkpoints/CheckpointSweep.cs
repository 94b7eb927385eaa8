using Microsoft.Extensions.Logging;
using OrleansCluster.Grains.Storage;
using OrleansCluster.Grains.Storage.Checkpoints;

namespace OrleansCluster.Grains.Tasks.Checkpoints;

/// <summary>
/// Deletes what no task's record names: bytes that were stored and never accepted, and those whose deletion failed. What is younger than an hour may still be on its
/// way into a record.
/// </summary>
internal sealed partial class CheckpointSweep(ICheckpointStore checkpoints, ITransactionalStore store, TimeProvider clock, ILogger<CheckpointSweep> logger)
{
    private const int PageSize = 500;

    public async Task Run(string cluster, CancellationToken cancellationToken)
    {
        var after = "";
        for (var page = await checkpoints.List(cluster, after, PageSize, cancellationToken); !page.IsEmpty; page = await checkpoints.List(cluster, after, PageSize, cancellationToken))
        {
            var old = page.Where(stored => clock.GetUtcNow() - stored.StoredAt > CheckpointLimits.Abandoned);
            foreach (var ofTask in old.GroupBy(stored => stored.Key.TaskId, StringComparer.Ordinal))
                await Sweep(cluster, ofTask.Key, ofTask, cancellationToken);
            after = page[^1].Key.Path;
        }
    }

    private async Task Sweep(string cluster, string taskId, IEnumerable<StoredCheckpoint> old, CancellationToken cancellationToken)
    {
        var task = await TaskGrainState.Read(store, cluster, taskId, cancellationToken);
        var kept = task?.Checkpoints?.Kept ?? [];
        foreach (var stored in old)
        {
            if (kept.Any(checkpoint => checkpoint.Name == stored.Key.Name))
                continue;
            LogSwept(logger, stored.Key.Name, taskId);
            await checkpoints.Delete(stored.Key, cancellationToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Checkpoint {Name} of task {Task} is nobody's: deleted")]
    private static partial void LogSwept(ILogger logger, string name, string task);
}
