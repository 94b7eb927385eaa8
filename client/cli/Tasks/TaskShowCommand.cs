using System.CommandLine;
using OrleansCluster.Cli.Hosting;

namespace OrleansCluster.Cli.Tasks;

internal sealed class TaskShowCommand : CliCommand
{
    private readonly Argument<string> _id = TaskArguments.Id();

    public TaskShowCommand(CliRun run)
        : base(run, "show", "Show a task, its containers and its earlier attempts", "ocs task show wordcount-k3v9x2p7.count.0") => Add(_id);

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        TaskDisplay.Write(call, await call.Client.Tasks.GetAsync(call.Get(_id), cancellationToken));
        return ExitCode.Ok;
    }
}
