using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Storage;

namespace OrleansCluster.Tests.Engine;

/// <summary>What the suite's grains get injected, the same on either engine.</summary>
internal static class SuiteServices
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<Probe>();
        services.AddSingleton<MemoryStorage>();
        services.AddKeyedSingleton<IGrainStorage>("memory", (provider, _) => provider.GetRequiredService<MemoryStorage>());
        services.AddSingleton<ILoggerProvider, ProbeLoggerProvider>();
    }
}
