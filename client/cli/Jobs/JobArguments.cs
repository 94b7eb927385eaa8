using System.CommandLine;

namespace OrleansCluster.Cli.Jobs;

internal static class JobArguments
{
    public static Argument<string> Id() => new("ID") { Description = "The job's id, as 'ocs job list' shows it" };
}
