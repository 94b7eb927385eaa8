using System.CommandLine;
using OrleansCluster.Cli.Hosting;
using OrleansCluster.Cli.Output;

namespace OrleansCluster.Cli.Schedules;

internal sealed class ScheduleRunCommand : CliCommand
{
    private readonly Argument<string> _name = ScheduleArguments.Name();

    public ScheduleRunCommand(CliRun run)
        : base(
            run, "run", "Start a job of a schedule now, also while it is paused; exit code 3 where its overlap policy leaves it out",
            "ocs schedule run nightly",
            "ocs job watch $(ocs schedule run nightly --json | jq -r .job)") => Add(_name);

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        var run = await call.Client.Schedules.RunAsync(call.Get(_name), cancellationToken);
        if (call.IsJson) call.Json.Write(run);
        else if (run.Outcome == ScheduleOutcome.Started) call.Host.Out.WriteLine($"Job {run.Job} is started. Watch it: ocs job watch {run.Job}");
        else call.Host.Out.WriteLine(Plain.Line($"Nothing is started, {Words.Of(run.Outcome)}: {run.Reason}"));
        return run.Outcome == ScheduleOutcome.Started ? ExitCode.Ok : ExitCode.Refused;
    }
}
