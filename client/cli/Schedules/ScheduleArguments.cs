using System.CommandLine;

namespace OrleansCluster.Cli.Schedules;

internal static class ScheduleArguments
{
    public static Argument<string> Name() => new("NAME") { Description = "The schedule's name, as 'ocs schedule list' shows it" };
}
