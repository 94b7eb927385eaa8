using System.CommandLine;
using OrleansCluster.Cli.Hosting;

namespace OrleansCluster.Cli.Schedules;

internal sealed class ScheduleDeleteCommand : CliCommand
{
    private readonly Argument<string> _name = ScheduleArguments.Name();

    public ScheduleDeleteCommand(CliRun run)
        : base(run, "delete", "Remove a schedule; jobs that have started go on", "ocs schedule delete nightly") => Add(_name);

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        var schedule = await call.Client.Schedules.DeleteAsync(call.Get(_name), cancellationToken);
        if (call.IsJson) call.Json.Write(schedule);
        else call.Host.Out.WriteLine($"Schedule {schedule.Spec.Name} is deleted.");
        return ExitCode.Ok;
    }
}
