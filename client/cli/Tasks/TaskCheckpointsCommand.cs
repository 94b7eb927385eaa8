using System.CommandLine;
using OrleansCluster.Cli.Hosting;
using OrleansCluster.Cli.Output;

namespace OrleansCluster.Cli.Tasks;

internal sealed class TaskCheckpointsCommand : CliCommand
{
    private readonly Argument<string> _id = TaskArguments.Id();

    public TaskCheckpointsCommand(CliRun run)
        : base(run, "checkpoints", "List the checkpoints that are kept of a task; its next attempt begins with the last", "ocs task checkpoints train-k3v9x2p7.epoch.0") => Add(_id);

    protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
    {
        var known = await call.Client.Tasks.GetCheckpointsAsync(call.Get(_id), cancellationToken);
        if (call.IsJson)
        {
            call.Json.Write(known);
            return ExitCode.Ok;
        }

        var grid = new Grid("CHECKPOINT", "TAKEN", "SIZE", "ATTEMPT", "NODE");
        foreach (var checkpoint in known.Kept)
            grid.Add(checkpoint.Number, ShortTime.Ago(checkpoint.TakenAt, call.Now), Amounts.Bytes(checkpoint.Size), checkpoint.Attempt, checkpoint.Node);
        grid.WriteTo(call.Console);
        if (known.Failure is { } failure) call.Host.Out.WriteLine($"The last try: {failure}");
        return ExitCode.Ok;
    }
}
