using Microsoft.Extensions.DependencyInjection;

namespace OrleansCluster.Tests.Docker.EndToEnd;

internal static class ClientServices
{
    public static IServiceCollection AddClient(this IServiceCollection services, Uri address)
    {
        services.AddOrleansClusterClient(options => options.Address = address);
        return services;
    }
}
