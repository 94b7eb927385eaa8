using System.CommandLine;
using OrleansCluster.Cli.Hosting;

namespace OrleansCluster.Cli.Schedules;

internal sealed class SchedulePauseCommand : CliCommand
{
    private readonly Argument<string> _name = ScheduleArguments.Name();

    public SchedulePauseCommand(CliRun run)
        : base(run, "pause", "Start nothing any more by itself; what comes meanwhile is not missed", "ocs schedule pause nightly") => Add(_name);

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken) =>
        ScheduleText.Changed(call, await call.Client.Schedules.PauseAsync(call.Get(_name), cancellationToken));
}
