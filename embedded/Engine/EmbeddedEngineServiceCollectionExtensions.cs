using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Runtime;

namespace OrleansCluster.Embedded;

public static class EmbeddedEngineServiceCollectionExtensions
{
    /// <summary>
    /// Adds the engine with <see cref="IGrainFactory"/> and <see cref="IClusterClient"/>. Storages are added apart, as keyed singletons of
    /// IGrainStorage. A <see cref="TimeProvider"/> or <see cref="ITurnQueue"/> that is registered already is used.
    /// </summary>
    public static IServiceCollection AddEmbeddedEngine(this IServiceCollection services, Action<EmbeddedEngineOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddLogging();
        services.AddOptions<EmbeddedEngineOptions>().Configure(configure ?? (_ => { })).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<EmbeddedEngineOptions>, EmbeddedEngineOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ITurnQueue, ThreadPoolTurnQueue>();
        services.TryAddSingleton<EmbeddedEngine>();
        services.TryAddSingleton<IGrainFactory>(provider => provider.GetRequiredService<EmbeddedEngine>());
        services.TryAddSingleton<IClusterClient>(provider => provider.GetRequiredService<EmbeddedEngine>());
        services.TryAddTransient<IGrainContext>(_ => Activation.Current
            ?? throw new InvalidOperationException("IGrainContext can only be injected into grains and their scoped services."));
        services.AddHostedService<EmbeddedEngineService>();
        return services;
    }
}
