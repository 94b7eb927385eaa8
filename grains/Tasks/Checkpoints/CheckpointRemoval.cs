using Microsoft.Extensions.Logging;
using OrleansCluster.Grains.Storage.Checkpoints;

namespace OrleansCluster.Grains.Tasks.Checkpoints;

/// <summary>Deletes bytes that no record names any more, and nobody waits for it. What fails is left to the sweep.</summary>
internal sealed partial class CheckpointRemoval(ICheckpointStore store, ILogger<CheckpointRemoval> logger)
{
    public void Begin(string cluster, string taskId, IEnumerable<TaskCheckpoint> dropped)
    {
        foreach (var checkpoint in dropped)
            _ = Delete(new CheckpointKey(cluster, taskId, checkpoint.Name));
    }

    private async Task Delete(CheckpointKey key)
    {
        try
        {
            await store.Delete(key, CancellationToken.None);
        }
        catch (Exception exception)
        {
            LogNotDeleted(logger, exception, key.TaskId, key.Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Checkpoint {Name} of task {Task} could not be deleted; trying again later")]
    private static partial void LogNotDeleted(ILogger logger, Exception exception, string task, string name);
}
