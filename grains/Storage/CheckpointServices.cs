using Microsoft.Extensions.DependencyInjection;
using OrleansCluster.Grains.Storage.Checkpoints;

namespace OrleansCluster.Grains.Storage;

public static class CheckpointServices
{
    /// <summary>Keeps checkpoints in a folder that all silos of the deployment see, instead of the cluster's database.</summary>
    public static IServiceCollection AddCheckpointFolder(this IServiceCollection services, string folder) =>
        services.AddSingleton<ICheckpointStore>(provider => new DirectoryCheckpointStore(folder, provider.GetRequiredService<TimeProvider>()));
}
