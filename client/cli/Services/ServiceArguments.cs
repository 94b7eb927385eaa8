using System.CommandLine;

namespace OrleansCluster.Cli.Services;

internal static class ServiceArguments
{
    public static Argument<string> Name() => new("NAME") { Description = "The service's name, as 'ocs service list' shows it" };

    public static Option<bool> Watch() => new("--watch") { Description = "Go on to follow its newest deployment until it has ended; exit code 1 unless it was completed" };
}
