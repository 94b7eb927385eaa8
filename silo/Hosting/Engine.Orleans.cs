using System.Net;
using Orleans.Configuration;
using Orleans.Dashboard;
using OrleansCluster.Client;
using OrleansCluster.Client.Hosting;
using OrleansCluster.Grains.Runtime;
using OrleansCluster.Silo.Api;
using OrleansCluster.Silo.Hosting.Clustering;
using NameOptions = Orleans.Configuration.SiloOptions;

namespace OrleansCluster.Silo.Hosting;

/// <summary>
/// The composition root of Engine=Orleans: one silo on this host with its state in SQLite, or as many silos as there are hosts with a PostgreSQL
/// database in common.
/// </summary>
internal static class Engine
{
    public const string Name = "Orleans";

    /// <inheritdoc cref="Engine"/>
    public const bool HasManySilos = true;

    /// <summary>Orleans's word for a silo that clients outside its process cannot call.</summary>
    private const int NoGateway = 0;

    public static IEnumerable<string> Faults(SiloOptions options)
    {
        foreach (var fault in SiloTls.Faults(options))
            yield return fault;
        var wrong = LocalAddress.Fault(options.Address, SiloTls.IsAskedFor(options), "--tls-certificate and --tls-authority");
        if (wrong is not null)
            yield return $"--address: '{options.Address}' found; {wrong}";
        if (options.SiloPort is { } port && port == options.GatewayPort)
            yield return $"--gateway-port: {port} found, which is --silo-port as well; expected another";

        // Orleans listens with SO_REUSEPORT: a second silo would start, and take half of the first one's messages.
        var address = wrong is null ? IPAddress.Parse(options.Address) : IPAddress.Loopback;
        if (options.SiloPort is { } silo && !LocalPort.IsFree(address, silo))
            yield return $"--silo-port: {silo} found, where another process listens; expected a free one";
        if (options.GatewayPort is { } gateway && !LocalPort.IsFree(address, gateway))
            yield return $"--gateway-port: {gateway} found, where another process listens; expected a free one";
    }

    public static void AddEngine(this WebApplicationBuilder builder, SiloOptions options)
    {
        // With the dot: without it, OrleansCluster's own lines would be meant as well.
        builder.Logging.AddFilter("Orleans.", LogLevel.Warning).AddFilter("Microsoft.Orleans.", LogLevel.Warning).AddFilter("Polly", LogLevel.Warning);
        builder.UseOrleans(silo =>
        {
            if (options.Postgres is null)
                silo.UseLocalhostClustering(options.SiloPort ?? LocalPort.Free(IPAddress.Loopback), options.GatewayPort ?? NoGateway);
            else
                silo.JoinOthers(options);
            silo.AddActivityPropagation();
            silo.Configure<SiloMessagingOptions>(messaging => messaging.ResponseTimeout = TimeSpan.FromSeconds(30));
            if (options.Dashboard)
                silo.AddDashboard();
        });
        builder.Services.AddSingleton<ISiloPeers, MembershipPeers>();
        builder.Services.AddHostedService<MembershipWatch>();
        builder.Services.AddSingleton<IReadiness, MembershipReadiness>();
    }

    public static void MapEngine(this IEndpointRouteBuilder routes, SiloOptions options)
    {
        if (options.Dashboard)
            routes.MapOrleansDashboard(routePrefix: "/dashboard").ExcludeFromDescription();
    }

    /// <summary>Joins the other silos of the cluster's database, which grains of services beside ours may keep their state in as well.</summary>
    private static void JoinOthers(this ISiloBuilder silo, SiloOptions options)
    {
        Membership.Join(silo, new OrleansClusterSiloOptions
        {
            Postgres = options.Postgres!,
            Address = options.Address,
            SiloPort = options.SiloPort,
            GatewayPort = options.GatewayPort,
            Tls = SiloTls.Of(options),
        });
        silo.Configure<NameOptions>(own => own.SiloName = SiloAgents.NodeName(options));
        silo.AddAdoNetGrainStorageAsDefault(
            database => (database.Invariant, database.ConnectionString) = ("Npgsql", Membership.ConnectionTo(options.Postgres!)));
        silo.UseSystemTextJsonGrainStorageSerializer();
    }
}
