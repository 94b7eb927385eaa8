using Microsoft.Extensions.DependencyInjection;

namespace OrleansCluster.Tests.Shared;

internal static class ClientServices
{
    public static IServiceCollection AddClient(this IServiceCollection services, Uri address, string cluster)
    {
        services.AddOrleansClusterClient(options => (options.Address, options.Cluster) = (address, cluster));
        return services;
    }
}
