using System.Net;
using System.Net.Sockets;
using Orleans.Configuration;
using Orleans.Dashboard;

namespace OrleansCluster.Silo.Hosting;

/// <summary>The composition root of Engine=Orleans: one silo on this host, state in SQLite.</summary>
internal static class Engine
{
    public const string Name = "Orleans";

    /// <summary>Orleans's word for a silo that clients outside its process cannot call.</summary>
    private const int NoGateway = 0;

    public static IEnumerable<string> Faults(SiloOptions options)
    {
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
            silo.UseLocalhostClustering(options.SiloPort ?? FreePort(), options.GatewayPort ?? NoGateway);
            silo.AddActivityPropagation();
            silo.Configure<SiloMessagingOptions>(messaging => messaging.ResponseTimeout = TimeSpan.FromSeconds(30));
            if (options.Dashboard)
                silo.AddDashboard();
        });
    }

    public static void MapEngine(this IEndpointRouteBuilder routes, SiloOptions options)
    {
        if (options.Dashboard)
            routes.MapOrleansDashboard(routePrefix: "/dashboard").ExcludeFromDescription();
    }

    /// <summary>A silo alone on its host is told of its own port only, so any will do, and silos side by side do not meet.</summary>
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
