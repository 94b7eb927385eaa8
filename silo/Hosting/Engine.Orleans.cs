using System.Net;
using System.Net.Sockets;
using Npgsql;
using Orleans.Configuration;
using Orleans.Dashboard;
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

    private const string Npgsql = "Npgsql";

    public static IEnumerable<string> Faults(SiloOptions options)
    {
        if (!IPAddress.TryParse(options.Address, out var address) || !IPAddress.IsLoopback(address))
            yield return $"--address: '{options.Address}' found; expected an address on loopback, such as 127.0.0.1: silos do not authenticate one another yet";
        if (options.SiloPort is { } port && port == options.GatewayPort)
            yield return $"--gateway-port: {port} found, which is --silo-port as well; expected another";

        // Orleans listens with SO_REUSEPORT: a second silo would start, and take half of the first one's messages.
        if (options.SiloPort is { } silo && !IsFree(silo))
            yield return $"--silo-port: {silo} found, where another process listens; expected a free one";
        if (options.GatewayPort is { } gateway && !IsFree(gateway))
            yield return $"--gateway-port: {gateway} found, where another process listens; expected a free one";
    }

    public static void AddEngine(this WebApplicationBuilder builder, SiloOptions options)
    {
        // With the dot: without it, OrleansCluster's own lines would be meant as well.
        builder.Logging.AddFilter("Orleans.", LogLevel.Warning).AddFilter("Microsoft.Orleans.", LogLevel.Warning);
        builder.UseOrleans(silo =>
        {
            if (options.Postgres is null)
                silo.UseLocalhostClustering(options.SiloPort ?? FreePort(), options.GatewayPort ?? NoGateway);
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

    /// <summary>Membership, reminders and the default grain storage in the cluster's database; the last two for grains of services beside ours.</summary>
    private static void JoinOthers(this ISiloBuilder silo, SiloOptions options)
    {
        var connection = ConnectionOf(options);
        silo.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (DeploymentIds.Cluster, DeploymentIds.Service));
        silo.Configure<NameOptions>(own => own.SiloName = SiloAgents.NodeName(options));
        silo.ConfigureEndpoints(IPAddress.Parse(options.Address), options.SiloPort ?? FreePort(), options.GatewayPort ?? NoGateway);
        silo.UseAdoNetClustering(database => (database.Invariant, database.ConnectionString) = (Npgsql, connection));
        silo.UseAdoNetReminderService(database => (database.Invariant, database.ConnectionString) = (Npgsql, connection));
        silo.AddAdoNetGrainStorageAsDefault(database => (database.Invariant, database.ConnectionString) = (Npgsql, connection));
        silo.UseSystemTextJsonGrainStorageSerializer();
        silo.Configure<ClusterMembershipOptions>(Failover.Configure);
        silo.Configure<GrainDirectoryOptions>(Failover.Configure);
#pragma warning disable ORLEANSEXP003 // Experimental, and what keeps activations single while silos come and go.
        silo.AddDistributedGrainDirectory();
#pragma warning restore ORLEANSEXP003
    }

    /// <summary>Orleans's providers keep times as UTC, whatever the server's zone.</summary>
    private static string ConnectionOf(SiloOptions options)
    {
        var connection = new NpgsqlConnectionStringBuilder(options.Postgres) { Timezone = "UTC", MaxPoolSize = 20, CommandTimeout = 10 };
        connection.ApplicationName = connection.ApplicationName is { Length: > 0 } own ? $"{own}/ocs-orleans" : "ocs-orleans";
        return connection.ToString();
    }

    /// <summary>A silo that nobody is told of in advance may be anywhere: others find its port in the membership table.</summary>
    private static int FreePort() => Bind(0);

    private static bool IsFree(int port)
    {
        try
        {
            return Bind(port) == port;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int Bind(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
