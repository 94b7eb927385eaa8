using System.CommandLine;
using OrleansCluster.Cli.Hosting;
using OrleansCluster.Cli.Output;

namespace OrleansCluster.Cli.Jobs;

internal sealed class JobStopCommand : CliCommand
{
    private readonly Argument<string> _id = JobArguments.Id();
    private readonly Option<string?> _reason = StopReason.Option();

    public JobStopCommand(CliRun run)
        : base(
            run, "stop", "Stop a job's tasks and start no more of them; no error where it has ended",
            "ocs job stop wordcount-k3v9x2p7 --reason \"wrong input\"")
    {
        Add(_id);
        Add(_reason);
    }

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        var job = await call.Client.Jobs.StopAsync(call.Get(_id), call.Get(_reason), cancellationToken);
        if (call.IsJson) call.Json.Write(job);
        else call.Host.Out.WriteLine($"Job {job.Id} is {Words.Of(job.Status)}.");
        return ExitCode.Ok;
    }
}
