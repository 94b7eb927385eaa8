using System.CommandLine;

namespace OrleansCluster.Cli.Tasks;

internal static class TaskArguments
{
    public static Argument<string> Id() => new("TASK") { Description = "The task's id, JOB.NAME.INDEX or SERVICE.SLOT.NUMBER, as 'ocs task list' shows it" };
}
