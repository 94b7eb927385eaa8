using System.CommandLine;
using OrleansCluster.Files.Scripts;

namespace OrleansCluster.Cli.Jobs;

internal static class JobArguments
{
    /// <summary>Of a job's file.</summary>
    public const string FileDescription = "The job, in YAML or JSON (its form: ocs schema job), or a script with #OCS lines; - for stdin";

    public static string Script { get; } =
        $"A script begins with #! and has lines such as '{ScriptLine.Mark} --image=IMAGE' before its first command. Their options: {string.Join(", ", ScriptKey.All.Select(key => $"--{key.Name}"))}.";

    public static Argument<string> Id() => new("ID") { Description = "The job's id, as 'ocs job list' shows it" };
}
