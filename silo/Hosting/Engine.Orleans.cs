namespace OrleansCluster.Silo.Hosting;

/// <summary>The composition root of Engine=Orleans: one silo on this host, state in SQLite.</summary>
internal static class Engine
{
    public const string Name = "Orleans";

    public static void AddEngine(this WebApplicationBuilder builder) => builder.UseOrleans(silo => silo.UseLocalhostClustering());
}
