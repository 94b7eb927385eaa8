using OrleansCluster.Embedded;
using OrleansCluster.Grains.Runtime;

namespace OrleansCluster.Silo.Hosting;

/// <summary>The composition root of Engine=Embedded: grains in this one process, state in SQLite.</summary>
internal static class Engine
{
    public const string Name = "Embedded";

    public static void AddEngine(this WebApplicationBuilder builder) =>
        builder.Services.AddEmbeddedEngine(options => options.GrainAssemblies.Add(typeof(LoopRunner).Assembly));
}
