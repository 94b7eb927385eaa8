namespace OrleansCluster.Grains.Storage.Checkpoints;

/// <param name="Name">Unique within the task: letters, digits, hyphens and dots.</param>
public sealed record CheckpointKey(string Cluster, string TaskId, string Name)
{
    /// <summary><c>task/name</c>, within the cluster.</summary>
    public string Path => $"{TaskId}/{Name}";

    /// <summary>Reads a path back; <see langword="null"/> where it is none of a checkpoint.</summary>
    public static CheckpointKey? Parse(string cluster, string path) =>
        path.Split('/') is [{ Length: > 0 } task, { Length: > 0 } name] ? new CheckpointKey(cluster, task, name) : null;
}
