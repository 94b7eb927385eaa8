using OrleansCluster.Grains.Runtime.Telemetry;

namespace OrleansCluster.Silo.Telemetry;

/// <summary>What is listened to: our own, the runtime's, the web server's and, where it runs, Orleans's.</summary>
internal static class Sources
{
    public static string[] Meters { get; } =
    [
        "OrleansCluster.*", "System.Runtime", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.Orleans",
    ];

    public static string[] Traces { get; } = [ClusterTracing.SourceName, "Microsoft.AspNetCore", "Microsoft.Orleans.Application"];
}
