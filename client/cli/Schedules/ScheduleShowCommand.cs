using System.CommandLine;
using OrleansCluster.Cli.Hosting;
using OrleansCluster.Cli.Output;

namespace OrleansCluster.Cli.Schedules;

internal sealed class ScheduleShowCommand : CliCommand
{
    private readonly Argument<string> _name = ScheduleArguments.Name();

    public ScheduleShowCommand(CliRun run)
        : base(run, "show", "Show a schedule, its next start and what became of the last ones", "ocs schedule show nightly") => Add(_name);

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        var schedule = await call.Client.Schedules.GetAsync(call.Get(_name), cancellationToken);
        if (call.IsJson) call.Json.Write(schedule);
        else Write(call, schedule);
        return ExitCode.Ok;
    }

    private static void Write(Invocation call, ScheduleView schedule)
    {
        var spec = schedule.Spec;
        new Details()
            .Add("Schedule", spec.Name)
            .Add("When", ScheduleText.When(spec))
            .Add("Next", ScheduleText.Next(schedule))
            .Add("Job", $"{spec.Job.Name}, {(spec.Job.Tasks.Length == 1 ? "1 task" : $"{spec.Job.Tasks.Length} tasks")}")
            .Add("Missed", $"{Words.Of(spec.Missed)}, after {spec.MissedAfter} s")
            .Add("Overlap", Words.Of(spec.Overlap))
            .WriteTo(call.Console);
        call.Host.Out.WriteLine();
        var grid = new Grid("DUE", "OUTCOME", "JOB", "REASON");
        foreach (var run in schedule.Runs)
            grid.Add(ShortTime.Exact(run.Moment) + (run.IsManual ? " (by hand)" : ""), Words.Of(run.Outcome), run.Job ?? "-", Reason(run));
        grid.WriteTo(call.Console);
    }

    private static string Reason(ScheduleRun run) => string.Join(' ', [run.Reason ?? "", .. run.Faults.Select(fault => $"{fault.Path}: {fault.Message}.")]).Trim();
}
