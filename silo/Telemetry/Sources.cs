using OrleansCluster.Grains.Runtime.Telemetry;

namespace OrleansCluster.Silo.Telemetry;

/// <summary>What is listened to: our own, the runtime's, the web server's and, where it runs, Orleans's.</summary>
internal static class Sources
{
    public static string[] Meters { get; } =
    [
        "OrleansCluster.*", "System.Runtime", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.Orleans",
    ];

    /// <summary>
    /// Orleans hands a trace from grain to grain only where its spans are listened to. It tells those of applications from its own by the beginning of
    /// the interface's namespace, and ours begins with "Orleans", so that they come from its source for the runtime.
    /// </summary>
    public static string[] Traces { get; } = [ClusterTracing.SourceName, "Microsoft.AspNetCore", "Microsoft.Orleans.Runtime"];
}
