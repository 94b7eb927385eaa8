using System.CommandLine;
using OrleansCluster.Cli.Hosting;
using OrleansCluster.Cli.Output;

namespace OrleansCluster.Cli.Tasks;

internal sealed class TaskStopCommand : CliCommand
{
    private readonly Argument<string> _id = TaskArguments.Id();
    private readonly Option<string?> _reason = StopReason.Option();

    public TaskStopCommand(CliRun run)
        : base(
            run, "stop", "Stop a task for good; no error where it has stopped",
            "ocs task stop wordcount-k3v9x2p7.count.2 --reason \"hangs\"")
    {
        Add(_id);
        Add(_reason);
    }

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        var task = await call.Client.Tasks.StopAsync(call.Get(_id), call.Get(_reason), cancellationToken);
        if (call.IsJson) call.Json.Write(task);
        else call.Host.Out.WriteLine($"Task {task.Id} is {Words.Of(task.State)}{(task.State == TaskState.Stopped ? "" : ", to be stopped")}.");
        return ExitCode.Ok;
    }
}
