using OrleansCluster.Embedded;
using OrleansCluster.Grains.Runtime;

namespace OrleansCluster.Silo.Hosting;

/// <summary>The composition root of Engine=Embedded: grains in this one process, state in SQLite or PostgreSQL.</summary>
internal static class Engine
{
    public const string Name = "Embedded";

    /// <summary>Whether several silos can share one database.</summary>
    public const bool HasManySilos = false;

    public static IEnumerable<string> Faults(SiloOptions options)
    {
        if (options.SiloPort is not null || options.GatewayPort is not null || options.Address != new SiloOptions().Address)
            yield return "--address, --silo-port and --gateway-port: this silo was built with Engine=Embedded, which is alone and has none of them";
        if (options.TlsCertificate is not null || options.TlsKey is not null || options.TlsAuthority is not null)
            yield return "--tls-certificate, --tls-key and --tls-authority: this silo was built with Engine=Embedded, which is alone and has none of them";
        if (options.Dashboard)
            yield return "--dashboard: this silo was built with Engine=Embedded; the dashboard is Orleans's";
    }

    public static void AddEngine(this WebApplicationBuilder builder, SiloOptions options) =>
        builder.Services.AddEmbeddedEngine(engine => engine.GrainAssemblies.Add(typeof(LoopRunner).Assembly));

    /// <summary>This engine has no pages.</summary>
    public static void MapEngine(this IEndpointRouteBuilder routes, SiloOptions options) => ArgumentNullException.ThrowIfNull(routes);
}
