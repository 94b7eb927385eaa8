using System.CommandLine;

namespace OrleansCluster.Cli.Hosting;

internal static class StopReason
{
    public static Option<string?> Option() => new("--reason") { Description = "Why; shown with it", HelpName = "TEXT" };
}
