using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OrleansCluster.Grains.Runtime;
using OrleansCluster.Grains.Storage.Checkpoints;

namespace OrleansCluster.Silo.Agent;

public static class AgentServiceCollectionExtensions
{
    /// <summary>
    /// Adds one agent for each of <paramref name="agents"/>. Needs <see cref="IGrainFactory"/>, <see cref="ISiloPeers"/>, <see cref="TimeProvider"/>,
    /// <see cref="IIdSource"/>, <see cref="ICheckpointStore"/> and <see cref="LoopRunner"/> from the container.
    /// </summary>
    /// <param name="runtime">Makes the runtime of one node; agents on one host may share it.</param>
    /// <param name="guard">Makes the guard of one node; by default there is none.</param>
    /// <exception cref="ArgumentException">Lists everything that is wrong with the options.</exception>
    public static IServiceCollection AddAgents(
        this IServiceCollection services,
        ImmutableArray<AgentOptions> agents,
        Func<IServiceProvider, AgentOptions, IContainerRuntime> runtime,
        Func<IServiceProvider, AgentOptions, IFenceGuard>? guard = null)
    {
        var faults = AgentOptionsValidator.Validate(agents);
        if (!faults.IsEmpty)
            throw new ArgumentException($"The agents' options are wrong:{string.Concat(faults.Select(fault => $"{Environment.NewLine}  {fault.Path}: {fault.Message}"))}", nameof(agents));
        services.AddMetrics();
        services.TryAddSingleton<AgentInstruments>();
        return services.AddSingleton<IHostedService>(provider => new AgentService([.. agents.Select(options => Create(provider, options, runtime(provider, options), guard?.Invoke(provider, options) ?? new NoFenceGuard()))]));
    }

    private static NodeAgent Create(IServiceProvider provider, AgentOptions options, IContainerRuntime runtime, IFenceGuard guard) => new(
        options,
        provider.GetRequiredService<IGrainFactory>(),
        provider.GetRequiredService<ISiloPeers>(),
        runtime,
        guard,
        provider.GetRequiredService<ICheckpointStore>(),
        provider.GetRequiredService<TimeProvider>(),
        provider.GetRequiredService<IIdSource>(),
        provider.GetRequiredService<AgentInstruments>(),
        provider.GetRequiredService<LoopRunner>(),
        provider.GetRequiredService<ILoggerFactory>());
}
