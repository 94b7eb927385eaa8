using OrleansCluster.Grains.Storage;
using OrleansCluster.Grains.Storage.Checkpoints;

namespace OrleansCluster.Silo.Checkpoints;

internal static class CheckpointLocationExtensions
{
    /// <summary>Instead of in the cluster's database.</summary>
    public static IServiceCollection AddCheckpointsAt(this IServiceCollection services, CheckpointLocation location) => location.Folder is { } folder
        ? services.AddCheckpointFolder(folder)
        : services.AddSingleton<ICheckpointStore>(_ => new BucketCheckpointStore(location));
}
