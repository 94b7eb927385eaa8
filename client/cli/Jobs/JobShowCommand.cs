using System.CommandLine;
using OrleansCluster.Cli.Hosting;

namespace OrleansCluster.Cli.Jobs;

internal sealed class JobShowCommand : CliCommand
{
    private readonly Argument<string> _id = JobArguments.Id();

    public JobShowCommand(CliRun run)
        : base(run, "show", "Show a job and how far its tasks are", "ocs job show wordcount-k3v9x2p7") => Add(_id);

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        var job = await call.Client.Jobs.GetAsync(call.Get(_id), cancellationToken);
        JobDisplay.Write(call, job);
        return ExitCode.Ok;
    }
}
