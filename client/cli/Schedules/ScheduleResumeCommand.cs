using System.CommandLine;
using OrleansCluster.Cli.Hosting;

namespace OrleansCluster.Cli.Schedules;

internal sealed class ScheduleResumeCommand : CliCommand
{
    private readonly Argument<string> _name = ScheduleArguments.Name();

    public ScheduleResumeCommand(CliRun run)
        : base(run, "resume", "Go on with the next start that comes", "ocs schedule resume nightly") => Add(_name);

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken) =>
        ScheduleText.Changed(call, await call.Client.Schedules.ResumeAsync(call.Get(_name), cancellationToken));
}
