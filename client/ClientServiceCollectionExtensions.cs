using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using OrleansCluster.Client;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the client of a cluster.</summary>
public static class ClientServiceCollectionExtensions
{
    /// <summary>
    /// Registers <see cref="OrleansClusterClient"/> over <see cref="IHttpClientFactory"/>. Options out of range are reported together, as an
    /// <see cref="OptionsValidationException"/>, when the client is first asked for.
    /// </summary>
    /// <returns>The builder of its HTTP client, for message handlers of your own (authentication, tracing).</returns>
    public static IHttpClientBuilder AddOrleansClusterClient(this IServiceCollection services, Action<OrleansClusterClientOptions> configure)
    {
        services.AddOptions<OrleansClusterClientOptions>().Configure(configure);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<OrleansClusterClientOptions>, OptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IIdempotencyKeySource, RandomIdempotencyKeySource>();
        return services.AddHttpClient<OrleansClusterClient>().UseSocketsHttpHandler(static (handler, services) =>
        {
            var options = services.GetRequiredService<IOptions<OrleansClusterClientOptions>>().Value;
            handler.ConnectTimeout = TimeSpan.FromSeconds(5);

            // A proxy from the environment cannot know this machine's loopback.
            if (options.Address.IsLoopback) handler.UseProxy = false;
        });
    }
}
