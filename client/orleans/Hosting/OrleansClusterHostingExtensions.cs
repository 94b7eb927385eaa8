using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using OrleansCluster.Client;
using OrleansCluster.Client.Hosting;

namespace Orleans.Hosting;

/// <summary>Lets other Orleans services call a cluster's grains. Both ways register <see cref="ClusterGrains"/>.</summary>
public static class OrleansClusterHostingExtensions
{
    /// <summary>
    /// Joins a deployment as a client of its silos; at least one of them has to have a gateway port. Ordinary calls are given up after 5 s, and
    /// silos that come and go are looked up every 2 s: a call that a dying silo took with it is not failed before. Configure
    /// <see cref="ClientMessagingOptions"/> and <see cref="GatewayOptions"/> after this call for other values.
    /// </summary>
    /// <exception cref="OptionsValidationException">Everything that is wrong with the options.</exception>
    public static IClientBuilder AddOrleansCluster(this IClientBuilder client, Action<OrleansClusterOptions> configure)
    {
        var options = Read(configure);
        Membership.Find(client, options);
        client.Configure<ClientMessagingOptions>(messaging => messaging.ResponseTimeout = TimeSpan.FromSeconds(5));
        client.Configure<GatewayOptions>(gateways => gateways.GatewayListRefreshPeriod = TimeSpan.FromSeconds(2));
        AddGrains(client.Services, options);
        return client;
    }

    /// <summary>
    /// Makes a silo of another service a member of a deployment: its grains stay on silos that have their classes, the cluster's on the cluster's, and
    /// each calls the other's by interface. Membership, reminders, the grain directory and the times after which a silent silo counts as dead are the
    /// deployment's; grain storage and everything else are the service's own. The silo must not have the cluster's grain classes: of its projects,
    /// refer to this client and the grain interfaces alone.
    /// </summary>
    /// <exception cref="OptionsValidationException">Everything that is wrong with the options.</exception>
    public static ISiloBuilder AddOrleansCluster(this ISiloBuilder silo, Action<OrleansClusterSiloOptions> configure)
    {
        var options = Read(configure);
        Membership.Join(silo, options);
        AddGrains(silo.Services, options);
        return silo;
    }

    private static T Read<T>(Action<T> configure)
        where T : OrleansClusterOptions, new()
    {
        var options = new T();
        configure(options);
        var faults = options.Faults().ToList();
        return faults.Count == 0 ? options : throw new OptionsValidationException(Options.DefaultName, typeof(T), faults);
    }

    private static void AddGrains(IServiceCollection services, OrleansClusterOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IJobKeySource, RandomJobKeySource>();
        services.AddSingleton<ClusterGrainsOptions>(options);
        services.AddSingleton<ClusterGrains>();
    }
}
