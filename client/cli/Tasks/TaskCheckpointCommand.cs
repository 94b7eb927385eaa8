using System.CommandLine;
using OrleansCluster.Cli.Hosting;
using OrleansCluster.Cli.Output;

namespace OrleansCluster.Cli.Tasks;

internal sealed class TaskCheckpointCommand : CliCommand
{
    private readonly Argument<string> _id = TaskArguments.Id();

    public TaskCheckpointCommand(CliRun run)
        : base(run, "checkpoint", "Take a checkpoint of a task that runs, and wait until it is stored", "ocs task checkpoint train-k3v9x2p7.epoch.0") => Add(_id);

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        call.WhenInterrupted = "Interrupted. The checkpoint is still asked for.";
        var checkpoint = await call.Client.Tasks.CheckpointAsync(call.Get(_id), cancellationToken);
        if (call.IsJson) call.Json.Write(checkpoint);
        else call.Host.Out.WriteLine($"Checkpoint {checkpoint.Number} of {call.Get(_id)}: {Amounts.Bytes(checkpoint.Size)}, attempt {checkpoint.Attempt}.");
        return ExitCode.Ok;
    }
}
