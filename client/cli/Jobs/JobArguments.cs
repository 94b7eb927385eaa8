using System.CommandLine;

namespace OrleansCluster.Cli.Jobs;

internal static class JobArguments
{
    /// <summary>Of a job's file.</summary>
    public const string FileDescription = "The job, in YAML or JSON; - for stdin. Its form: ocs schema job";

    public static Argument<string> Id() => new("ID") { Description = "The job's id, as 'ocs job list' shows it" };
}
