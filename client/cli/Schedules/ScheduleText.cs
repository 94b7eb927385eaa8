using OrleansCluster.Cli.Hosting;
using OrleansCluster.Cli.Output;

namespace OrleansCluster.Cli.Schedules;

/// <summary>What a schedule does, in words.</summary>
internal static class ScheduleText
{
    public static string When(ScheduleSpec spec) => spec.TimeZone == "UTC" ? spec.Cron : $"{spec.Cron} {spec.TimeZone}";

    public static string Next(ScheduleView schedule) => schedule switch
    {
        { Spec.Paused: true } => "paused",
        { Next: { } next } => ShortTime.Exact(next),
        _ => "never",
    };

    public static string Last(ScheduleView schedule, DateTimeOffset now) =>
        schedule.Runs is [{ } run, ..] ? $"{Words.Of(run.Outcome)} {ShortTime.Ago(run.Moment, now)}" : "-";

    /// <summary>Answers a command that has changed a schedule.</summary>
    public static int Changed(Invocation call, ScheduleView schedule)
    {
        if (call.IsJson) call.Json.Write(schedule);
        else call.Host.Out.WriteLine($"Schedule {schedule.Spec.Name}: next start {Next(schedule)}.");
        return ExitCode.Ok;
    }
}
