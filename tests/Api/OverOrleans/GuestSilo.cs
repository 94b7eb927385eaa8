using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using OrleansCluster.Client;

namespace OrleansCluster.Tests.Api.OverOrleans;

/// <summary>A silo of another service, in this process.</summary>
internal static class GuestSilo
{
    public static async Task<IHost> Start(Action<OrleansClusterSiloOptions> configure)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Critical);
        builder.UseOrleans(silo => silo.AddOrleansCluster(configure));

        // It shares this process with ours, and so has all of its classes; a service's own process has none of them.
        builder.Services.PostConfigure<GrainTypeOptions>(types => types.Classes.RemoveWhere(c => c.Namespace!.StartsWith("OrleansCluster.", StringComparison.Ordinal)));
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }
}
