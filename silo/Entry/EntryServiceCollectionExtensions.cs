using OrleansCluster.Silo.Entry.Dns;

namespace OrleansCluster.Silo.Entry;

internal static class EntryServiceCollectionExtensions
{
    /// <summary>The ways in to services on this host, those that are asked for.</summary>
    public static IServiceCollection AddServiceEntry(this IServiceCollection services, EntryOptions options)
    {
        services.AddHttpForwarder();
        services.AddSingleton(options);
        services.AddSingleton<EntryInstruments>();
        services.AddSingleton<Connector>();
        services.AddSingleton<ServiceDirectory>();
        services.AddSingleton<HttpEntry>();
        services.AddSingleton<HttpEntryService>();
        services.AddSingleton<TcpEntry>();
        services.AddSingleton<DnsResolver>();
        services.AddSingleton<DnsService>();

        // The directory ends last: requests under way still ask it.
        services.AddHostedService(provider => provider.GetRequiredService<ServiceDirectory>());
        services.AddHostedService(provider => provider.GetRequiredService<HttpEntryService>());
        services.AddHostedService(provider => provider.GetRequiredService<TcpEntry>());
        services.AddHostedService(provider => provider.GetRequiredService<DnsService>());
        return services;
    }
}
