using System.CommandLine;
using OrleansCluster.Cli.Hosting;

namespace OrleansCluster.Cli.Jobs;

internal sealed class JobWatchCommand : CliCommand
{
    private readonly Argument<string> _id = JobArguments.Id();

    public JobWatchCommand(CliRun run)
        : base(
            run, "watch", "Watch a job until it has ended; exit code 1 unless it succeeded",
            "ocs job watch wordcount-k3v9x2p7",
            "ocs job watch wordcount-k3v9x2p7 --json | jq .status") => Add(_id);

    protected override Task<int> RunAsync(Invocation call, CancellationToken cancellationToken) =>
        new JobWatch(call).RunAsync(call.Get(_id), cancellationToken);
}
